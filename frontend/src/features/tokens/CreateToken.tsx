import { type FormEvent, useState } from "react";
import { useQuery } from "urql";
import { Button } from "@/components/Button";
import { buttonClass } from "@/components/button-style";
import { Checkbox } from "@/components/Checkbox";
import { CopyText } from "@/components/CopyText";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Segmented } from "@/components/Segmented";
import { about, general, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { useViewer } from "@/lib/viewer";
import { type ApiTokenKind, CreateTokenDocument, TokenScopesDocument } from "./__generated__";
import { lifetimes, readScope, type ScopeChoice, scopeChoices } from "./model";

type Props = {
  readonly kind: ApiTokenKind;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: () => void;
};

/** Asks for name, scopes and lifetime; then shows the secret, this once. */
export function CreateToken({ kind, isOpen, onClose, onCreated }: Props) {
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => [onClose(), setSecret(null)];
  const title = kind === "SCIM" ? t("New provisioning token") : t("New API token");
  return (
    <Dialog title={secret ? t("Copy the token now") : title} isOpen={isOpen} onClose={close} isDismissable={!secret} width="max-w-xl">
      {secret ? (
        <Secret secret={secret} onDone={close} />
      ) : (
        <Form kind={kind} onCancel={close} onSecret={(text) => [setSecret(text), onCreated()]} />
      )}
    </Dialog>
  );
}

function Secret({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="attention">
        {t("This is the only time that it is shown. Only its fingerprint is kept here: whoever loses it makes a new one.")}
      </Notice>
      <CopyText text={secret} name={t("token")} />
      <div className="flex justify-end">
        <Button variant="primary" onPress={onDone}>
          {t("I have stored it")}
        </Button>
      </div>
    </div>
  );
}

type FormProps = { readonly kind: ApiTokenKind; readonly onCancel: () => void; readonly onSecret: (secret: string) => void };

function Form({ kind, onCancel, onSecret }: FormProps) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>([readScope]);
  const [days, setDays] = useState<string>("90");
  const { run, busy, refusal } = useAction(CreateTokenDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { name: name.trim(), scopes: kind === "SCIM" ? [] : scopes, days: Number(days), kind };
    const made = await run({ input });
    if (made) onSecret(made.secret);
  };
  const message = general(refusal, ["/input/name", "/input/scopes"]);
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t("Name")}
        hint={t("What it is for, so that others know it in a year: “Nightly export”.")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={about(refusal, "/input/name")}
        maxLength={100}
        autoComplete="off"
        required
      />
      {kind === "API" && <Scopes chosen={scopes} onChange={setScopes} error={about(refusal, "/input/scopes")} />}
      <div className="flex flex-col gap-1.5">
        <span className="font-medium">{t("Valid for")}</span>
        <Segmented
          label={t("Valid for")}
          value={days}
          onChange={setDays}
          className="max-w-sm"
          options={lifetimes.map((count) => ({ value: String(count), label: t("{count} days", { count }) }))}
        />
      </div>
      {message && <Notice tone="critical">{message}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onPress={onCancel}>{t("Cancel")}</Button>
        <button type="submit" disabled={busy || !name.trim() || (kind === "API" && scopes.length === 0)} className={buttonClass("primary")}>
          {t("Create token")}
        </button>
      </div>
    </form>
  );
}

type ScopesProps = {
  readonly chosen: readonly string[];
  readonly onChange: (scopes: readonly string[]) => void;
  readonly error: string | undefined;
};

function Scopes({ chosen, onChange, error }: ScopesProps) {
  const viewer = useViewer();
  const [{ data }] = useQuery({ query: TokenScopesDocument });
  const choices = scopeChoices(viewer, data?.permissions ?? []);
  const toggle = (name: string, on: boolean) => onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name));
  return (
    <fieldset>
      <legend className="font-medium">{t("What it may do")}</legend>
      <p className="text-meta text-ink-3">{t("Never more than you may yourself, in the same scope.")}</p>
      <ul className="mt-1.5 -ml-2 max-h-72 overflow-y-auto">
        {choices.map((choice) => (
          <li key={choice.name}>
            <Checkbox isSelected={chosen.includes(choice.name)} onChange={(on) => toggle(choice.name, on)} className="py-1">
              <Scope choice={choice} />
            </Checkbox>
          </li>
        ))}
      </ul>
      {error && <p className="text-meta text-critical-ink">{error}</p>}
    </fieldset>
  );
}

function Scope({ choice }: { readonly choice: ScopeChoice }) {
  return (
    <>
      <span className="block">{choice.title}</span>
      {choice.description && <span className="block text-meta text-ink-3">{choice.description}</span>}
    </>
  );
}
