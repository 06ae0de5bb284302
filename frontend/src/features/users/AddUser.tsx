import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { buttonClass } from "@/components/button-style";
import { CopyText } from "@/components/CopyText";
import { Dialog } from "@/components/Dialog";
import { Notice } from "@/components/Notice";
import { about, general, type Payload, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { CreateUserDocument, type CreateUserMutation, type UserChoicesQuery } from "./__generated__";
import { AddUserFields, type Draft, emptyDraft, toInput } from "./AddUserFields";

type Props = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly choices: UserChoicesQuery | undefined;
  readonly onAdded: () => void;
};

type Created = Payload<CreateUserMutation>;

/** A person, a seat and roles in one go; then the password that is shown this once. */
export function AddUser({ isOpen, onClose, choices, onAdded }: Props) {
  const [created, setCreated] = useState<Created | null>(null);
  const close = () => {
    setCreated(null);
    onClose();
  };
  return (
    <Dialog title={created ? t("User added") : t("Add user")} isOpen={isOpen} onClose={close}>
      {created ? (
        <Added created={created} onDone={close} onAnother={() => setCreated(null)} />
      ) : (
        <AddForm choices={choices} onCancel={close} onCreated={(payload) => [setCreated(payload), onAdded()]} />
      )}
    </Dialog>
  );
}

type FormProps = {
  readonly choices: UserChoicesQuery | undefined;
  readonly onCancel: () => void;
  readonly onCreated: (created: Created) => void;
};

function AddForm({ choices, onCancel, onCreated }: FormProps) {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [tried, setTried] = useState(false);
  const create = useAction(CreateUserDocument);
  const send = async (input: Draft) => {
    setTried(true);
    if (!input.name.trim() || !input.email.trim()) return;
    const payload = await create.run({ input: toInput(input) });
    if (payload) onCreated(payload);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(draft);
  };
  const errors = {
    name: tried && !draft.name.trim() ? t("Enter a name.") : about(create.refusal, "/input/name"),
    email: tried && !draft.email.trim() ? t("Enter an email address.") : about(create.refusal, "/input/email"),
  };
  const sentence = general(create.refusal, ["/input/name", "/input/email"]);
  const withoutSeat = { ...draft, seat: false };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <AddUserFields draft={draft} onChange={setDraft} choices={choices} errors={errors} />
      {sentence && (
        <Notice
          tone="critical"
          action={
            create.refusal?.code === "no_seat_left" && (
              <Button size="small" onPress={() => [setDraft(withoutSeat), void send(withoutSeat)]}>
                {t("Add without a seat")}
              </Button>
            )
          }
        >
          {sentence}
        </Notice>
      )}
      <div className="flex justify-end gap-2">
        <Button onPress={onCancel}>{t("Cancel")}</Button>
        <Button type="submit" variant="primary">
          {t("Add user")}
        </Button>
      </div>
    </form>
  );
}

type AddedProps = { readonly created: Created; readonly onDone: () => void; readonly onAnother: () => void };

function Added({ created: { user, password }, onDone, onAnother }: AddedProps) {
  return (
    <div className="flex flex-col gap-4">
      <p>
        {user.seat
          ? t("{name} can sign in and holds a seat.", { name: user.name })
          : t("{name} can sign in, without a seat: no conversation is shown to them.", { name: user.name })}
      </p>
      {password ? (
        <OnePassword password={password} />
      ) : (
        <p className="text-ink-2">{t("They sign in by the identity provider: no password was made.")}</p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onAnother}>{t("Add another")}</Button>
        <Link to="/admin/users/$id" params={{ id: user.id }} onClick={onDone} className={buttonClass("primary")}>
          {t("Open {name}", { name: user.name })}
        </Link>
      </div>
    </div>
  );
}

/** A password that the server made and keeps only as a hash. */
export function OnePassword({ password }: { readonly password: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">{t("Password for the first sign-in")}</p>
      <CopyText text={password} name={t("Password")} />
      <p className="text-meta text-ink-2">{t("Shown this once. Hand it over by a safe way; they can change it under their name.")}</p>
    </div>
  );
}
