import { type FormEvent, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { toast } from "@/components/Toast";
import { about, general, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { ChangePasswordDocument } from "./__generated__";
import { passwordFault } from "./model";

export function PasswordSection({ hasPassword }: { readonly hasPassword: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t("Password")}>
      {!hasPassword && (
        <p className="text-ink-2">{t("You sign in through an identity provider: your password is kept there, and changed there.")}</p>
      )}
      {hasPassword && !isOpen && (
        <button type="button" className={buttonClass("default", "medium", "self-start")} onClick={() => setOpen(true)}>
          {t("Change your password")}
        </button>
      )}
      {hasPassword && isOpen && <Form onDone={() => setOpen(false)} />}
    </Section>
  );
}

function Form({ onDone }: { readonly onDone: () => void }) {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [repeated, setRepeated] = useState("");
  const [tried, setTried] = useState(false);
  const { run, busy, refusal, clear } = useAction(ChangePasswordDocument);
  const fault = passwordFault(fresh, repeated);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (fault || !old) return;
    if (!(await run({ input: { old, new: fresh } }))) return;
    toast(t("Your password is changed. Your other sessions have ended."));
    onDone();
  };
  const short = fresh.length < 12;
  const message = general(refusal, ["/input/old", "/input/new"]);
  return (
    <form onSubmit={submit} noValidate className="flex max-w-88 flex-col gap-4">
      <TextField
        label={t("Present password")}
        type="password"
        autoComplete="current-password"
        value={old}
        onChange={(event) => [setOld(event.target.value), clear()]}
        error={about(refusal, "/input/old") ?? (tried && !old ? t("Enter your present password.") : undefined)}
      />
      <TextField
        label={t("New password")}
        hint={t("At least 12 characters. A few words together are good.")}
        type="password"
        autoComplete="new-password"
        value={fresh}
        onChange={(event) => [setFresh(event.target.value), clear()]}
        error={about(refusal, "/input/new") ?? (tried && short && fault ? fault : undefined)}
      />
      <TextField
        label={t("New password again")}
        type="password"
        autoComplete="new-password"
        value={repeated}
        onChange={(event) => setRepeated(event.target.value)}
        error={tried && !short && fault ? fault : undefined}
      />
      {message && <Notice tone="critical">{message}</Notice>}
      <div className="flex gap-2">
        <button type="submit" disabled={busy} className={buttonClass("primary")}>
          {t("Change")}
        </button>
        <button type="button" onClick={onDone} className={buttonClass("ghost")}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}
