import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { CreateTeamDocument, RenameTeamDocument, type TeamDetailFragment } from "./__generated__";

type Props = {
  /** Null: a new one. */
  readonly team: TeamDetailFragment | null;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
};

export function NameDialog({ team, onClose, onSaved }: Props) {
  const [name, setName] = useState(team?.name ?? "");
  const [tried, setTried] = useState(false);
  const create = useAction(CreateTeamDocument);
  const rename = useAction(RenameTeamDocument);
  const refusal = create.refusal ?? rename.refusal;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const given = name.trim();
    if (!given) return;
    const payload = team ? await rename.run({ input: { id: team.id, name: given } }) : await create.run({ input: { name: given } });
    if (!payload) return;
    toast(t("{name} saved", { name: given }));
    onSaved(payload.team.id);
    onClose();
  };
  return (
    <Dialog title={team ? t("Rename {name}", { name: team.name }) : t("Add team")} isOpen onClose={onClose} width="max-w-md">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField
          label={t("Name")}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={tried && !name.trim() ? t("Enter a name.") : refusal?.message}
        />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{t("Cancel")}</Button>
          <Button type="submit" variant="primary">
            {team ? t("Rename") : t("Add team")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
