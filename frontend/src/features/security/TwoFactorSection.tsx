import { type FormEvent, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { Chip } from "@/components/Chip";
import { CopyText } from "@/components/CopyText";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { SetUpIcon } from "@/components/SetUpIcon";
import { toast } from "@/components/Toast";
import { general, type Refusal, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { BeginTwoFactorDocument, ConfirmTwoFactorDocument, DisableTwoFactorDocument } from "./__generated__";
import { codesFile, grouped, imageAddress } from "./model";

type Setup = { readonly secret: string; readonly uri: string; readonly qr: string };
type Props = { readonly on: boolean; readonly hasPassword: boolean };

/** A code from an authenticator beside the password: switched on in two steps, with recovery codes at the end. */
export function TwoFactorSection({ on, hasPassword }: Props) {
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Section title={t("Second factor")} hint={t("A code from your phone, asked for after your password.")}>
      {codes ? (
        <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />
      ) : setup ? (
        <Confirming setup={setup} onCodes={(made) => [setCodes(made), setSetup(null)]} onCancel={() => setSetup(null)} />
      ) : on ? (
        <On />
      ) : (
        <Off hasPassword={hasPassword} onSetup={setSetup} />
      )}
    </Section>
  );
}

function Off({ hasPassword, onSetup }: { readonly hasPassword: boolean; readonly onSetup: (setup: Setup) => void }) {
  const { run, busy, refusal } = useAction(BeginTwoFactorDocument);
  const begin = async () => {
    const answer = await run({});
    if (answer) onSetup(answer);
  };
  if (!hasPassword) return <p className="text-ink-2">{t("Your identity provider asks for its own second factor.")}</p>;
  return (
    <>
      <p className="max-w-xl text-ink-2">{t("Off. Whoever learns your password can sign in as you.")}</p>
      {refusal && <Notice tone="critical">{refusal.message}</Notice>}
      <button type="button" disabled={busy} className={buttonClass("default", "medium", "self-start")} onClick={begin}>
        {t("Set up a second factor")}
      </button>
    </>
  );
}

type ConfirmingProps = { readonly setup: Setup; readonly onCodes: (codes: readonly string[]) => void; readonly onCancel: () => void };

function Confirming({ setup, onCodes, onCancel }: ConfirmingProps) {
  const { run, busy, refusal, clear } = useAction(ConfirmTwoFactorDocument);
  const confirm = async (code: string) => {
    const answer = await run({ code });
    if (answer) onCodes(answer.recoveryCodes);
  };
  return (
    <div className="flex flex-wrap items-start gap-6">
      {/* White in both themes: scanners expect dark on light. */}
      <img
        src={imageAddress(setup.qr)}
        alt={t("QR code of the secret; the same can be typed")}
        width={176}
        height={176}
        className="rounded-card border border-line bg-[#ffffff] p-2"
      />
      <div className="flex min-w-64 max-w-md flex-1 flex-col gap-4">
        <p>{t("Scan the picture with an authenticator app, or type its secret there:")}</p>
        <CopyText text={grouped(setup.secret)} name={t("secret")} />
        <CodeForm
          label={t("Code that the app shows now")}
          verb={t("Switch on")}
          busy={busy}
          refusal={refusal}
          onEdit={clear}
          onSubmit={confirm}
          onCancel={onCancel}
        />
      </div>
    </div>
  );
}

function RecoveryCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <Notice tone="attention">
        {t("Keep these recovery codes where you can reach them without your phone. Each works once, and they are shown only now.")}
      </Notice>
      <ul
        aria-label={t("Recovery codes")}
        className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-card border border-line bg-canvas p-4 font-mono text-turn"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyText text={codes.join(" ")} name={t("recovery codes")} />
      <div className="flex gap-2">
        <a href={codesFile(codes)} download="assay-recovery-codes.txt" className={buttonClass()}>
          <SetUpIcon name="download" />
          {t("Save as a file")}
        </a>
        <button type="button" className={buttonClass("primary")} onClick={onDone}>
          {t("I have stored them")}
        </button>
      </div>
    </div>
  );
}

function On() {
  const [asking, setAsking] = useState(false);
  const { run, busy, refusal, clear } = useAction(DisableTwoFactorDocument);
  const disable = async (code: string) => {
    if (await run({ code })) toast(t("The second factor is off."));
  };
  return (
    <>
      <p className="flex items-center gap-2">
        <Chip tone="positive">{t("On")}</Chip>
        <span className="text-ink-2">{t("Your password alone does not let anybody in.")}</span>
      </p>
      {asking ? (
        <div className="max-w-88">
          <CodeForm
            label={t("Code from the app, or a recovery code")}
            verb={t("Switch off")}
            busy={busy}
            refusal={refusal}
            onEdit={clear}
            onSubmit={disable}
            onCancel={() => setAsking(false)}
          />
        </div>
      ) : (
        <button type="button" className={buttonClass("danger", "medium", "self-start")} onClick={() => setAsking(true)}>
          {t("Switch off")}
        </button>
      )}
    </>
  );
}

type CodeFormProps = {
  readonly label: string;
  readonly verb: string;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly onEdit: () => void;
  readonly onSubmit: (code: string) => void;
  readonly onCancel: () => void;
};

function CodeForm({ label, verb, busy, refusal, onEdit, onSubmit, onCancel }: CodeFormProps) {
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) onSubmit(code.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <TextField
        label={label}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        value={code}
        onChange={(event) => [setCode(event.target.value), onEdit()]}
        error={general(refusal) ?? undefined}
      />
      <div className="flex gap-2">
        <button type="submit" disabled={busy || !code.trim()} className={buttonClass("primary")}>
          {verb}
        </button>
        <button type="button" onClick={onCancel} className={buttonClass("ghost")}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}
