import { type FormEvent, useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { TextField } from "@/components/Field";
import { t } from "@/i18n";
import { Refused } from "./Refused";
import type { SignIn } from "./useSignIn";

/** The second factor: the app's code, or one of the recovery codes. */
export function CodeStep({ signIn }: { readonly signIn: SignIn }) {
  const { submitCode, startAgain, refusal, seconds, fetching } = signIn;
  const [code, setCode] = useState("");
  const [recovery, setRecovery] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other kind of code is another field
  useEffect(() => field.current?.focus(), [recovery]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) submitCode(code.trim());
  };
  const change = () => [setRecovery(!recovery), setCode("")];
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <div className="mb-2">
        <h1 className="mb-1 text-score font-semibold tracking-[-0.015em]">{t("Second step")}</h1>
        <p className="text-ink-2">
          {recovery
            ? t("Enter one of the recovery codes that you have stored. It works once.")
            : t("Enter the code that your authenticator app shows now.")}
        </p>
      </div>
      <TextField
        key={String(recovery)}
        ref={field}
        label={recovery ? t("Recovery code") : t("Code")}
        name="code"
        inputMode={recovery ? "text" : "numeric"}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Refused refusal={refusal} seconds={seconds} />
      <button
        type="submit"
        disabled={fetching || seconds > 0 || !code.trim()}
        className={buttonClass("primary", "medium", "h-9! touch:h-11!")}
      >
        {fetching ? t("Signing in …") : t("Continue")}
      </button>
      <div className="flex flex-wrap justify-between gap-2">
        <button type="button" className={buttonClass("ghost", "small")} onClick={startAgain}>
          {t("Start again")}
        </button>
        <button type="button" className={buttonClass("ghost", "small")} onClick={change}>
          {recovery ? t("Use the app’s code") : t("Use a recovery code")}
        </button>
      </div>
    </form>
  );
}
