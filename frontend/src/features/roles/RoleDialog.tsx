import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Select } from "@/components/Select";
import { toast } from "@/components/Toast";
import { about, general, type Refusal, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { CreateRoleDocument, UpdateRoleDocument } from "./__generated__";
import type { Role } from "./model";

type Props = {
  readonly roles: readonly Role[];
  /** The role to copy; null: a new one. */
  readonly from: Role | null;
  readonly onClose: () => void;
  readonly onSaved: (key: string) => void;
};

const nothing = "nothing";

/** A role of the account's own, from nothing or from another one's permissions. */
export function RoleDialog({ roles, from, onClose, onSaved }: Props) {
  const [copyOf, setCopyOf] = useState(from?.key ?? nothing);
  const create = useAction(CreateRoleDocument);
  const save = async (name: string, description: string) => {
    const payload = await create.run({ input: { name, description, ...(copyOf === nothing ? {} : { copyOf }) } });
    if (payload) [toast(t("{name} added", { name })), onSaved(payload.role.key), onClose()];
  };
  return (
    <RoleForm
      title={from ? t("Copy {name}", { name: from.name }) : t("New role")}
      verb={t("Add role")}
      name={from ? t("Copy of {name}", { name: from.name }) : ""}
      description={from?.description ?? ""}
      refusal={create.refusal}
      onClose={onClose}
      onSave={save}
    >
      <div className="flex flex-col gap-1.5">
        <p className="font-medium">{t("Begin with the permissions of")}</p>
        <Select
          label={t("Begin with the permissions of")}
          value={copyOf}
          options={[{ value: nothing, label: t("None") }, ...roles.map((role) => ({ value: role.key, label: role.name }))]}
          onChange={setCopyOf}
        />
      </div>
    </RoleForm>
  );
}

export function RenameDialog({ role, onClose }: { readonly role: Role; readonly onClose: () => void }) {
  const update = useAction(UpdateRoleDocument);
  const save = async (name: string, description: string) => {
    const payload = await update.run({ input: { key: role.key, name, description } });
    if (payload) [toast(t("{name} saved", { name })), onClose()];
  };
  return (
    <RoleForm
      title={t("Name and description")}
      verb={t("Save")}
      name={role.name}
      description={role.description}
      refusal={update.refusal}
      onClose={onClose}
      onSave={save}
    />
  );
}

type FormProps = {
  readonly title: string;
  readonly verb: string;
  readonly name: string;
  readonly description: string;
  readonly refusal: Refusal | null;
  readonly onClose: () => void;
  readonly onSave: (name: string, description: string) => void;
  readonly children?: React.ReactNode;
};

function RoleForm({ title, verb, name: nameBefore, description: before, refusal, onClose, onSave, children }: FormProps) {
  const [name, setName] = useState(nameBefore);
  const [description, setDescription] = useState(before);
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim()) onSave(name.trim(), description.trim());
  };
  const sentence = general(refusal, ["/input/name", "/input/description"]);
  return (
    <Dialog title={title} isOpen onClose={onClose} width="max-w-md">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField
          label={t("Name")}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={tried && !name.trim() ? t("Enter a name.") : about(refusal, "/input/name")}
        />
        <TextField
          label={t("Description")}
          autoComplete="off"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          hint={t("For whoever assigns it: what its holders do.")}
          error={about(refusal, "/input/description")}
        />
        {children}
        {sentence && <Notice tone="critical">{sentence}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{t("Cancel")}</Button>
          <Button type="submit" variant="primary">
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
