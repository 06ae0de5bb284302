import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useClient, useMutation } from "urql";
import { Logo } from "@/app/Logo";
import { buttonClass } from "@/components/button-style";
import { inputClass, TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { SignInDocument, ViewerDocument } from "@/graphql/__generated__";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { readStored, writeStored } from "@/lib/theme";
import { ShapeOfACall } from "./ShapeOfACall";
import { useCountdown } from "./useCountdown";

const storedAccount = "assay.account";

export function SignInPage({ next }: { readonly next: string }) {
  useEffect(() => {
    document.title = `${t("Sign in")} · Assay`;
  }, []);
  return (
    <main className="grid min-h-dvh bg-surface lg:grid-cols-[minmax(440px,1fr)_minmax(0,1.25fr)]">
      <div className="flex flex-col px-6 py-6 md:px-12">
        <p className="flex items-center gap-2.5 font-semibold">
          <Logo />
          Assay
        </p>
        <div className="m-auto w-full max-w-88 py-10">
          <h1 className="mb-1 text-score font-semibold tracking-[-0.015em]">{t("Sign in")}</h1>
          <p className="mb-6 text-ink-2">{t("To the conversations of your contact centre.")}</p>
          <SignInForm next={next} />
        </div>
      </div>
      <ShapeOfACall />
    </main>
  );
}

function SignInForm({ next }: { readonly next: string }) {
  const { submit, refusal, seconds, fetching, missing } = useSignIn(next);
  const [account, setAccount] = useState(readStored(storedAccount) ?? "");
  const start = useRef<HTMLInputElement>(null);
  const email = useRef<HTMLInputElement>(null);
  useEffect(() => {
    (readStored(storedAccount) ? email : start).current?.focus();
  }, []);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    submit({ account: account.trim(), email: String(form.get("email")).trim(), password: String(form.get("password")) });
  };
  const wait = seconds > 0;
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <TextField
        ref={start}
        label={t("Account")}
        hint={t("Its short name, as your administrator gave it to you.")}
        name="account"
        autoComplete="organization"
        autoCapitalize="none"
        spellCheck={false}
        value={account}
        onChange={(event) => setAccount(event.target.value)}
        error={missing.account ? t("Enter the short name of your account.") : undefined}
      />
      <TextField
        ref={email}
        label={t("Email")}
        name="email"
        type="email"
        autoComplete="username"
        error={missing.email ? t("Enter your email address.") : undefined}
      />
      <PasswordField error={missing.password ? t("Enter your password.") : undefined} />
      <div role="alert">
        {refusal && (
          <p className="flex gap-2 rounded-field bg-critical-soft px-3 py-2 text-critical-ink">
            <Icon name="alert" className="mt-0.5" />
            <Refusal message={refusal} seconds={seconds} />
          </p>
        )}
      </div>
      <button type="submit" disabled={fetching || wait} className={buttonClass("primary", "medium", "h-9! touch:h-11!")}>
        {fetching ? t("Signing in …") : t("Sign in")}
      </button>
    </form>
  );
}

/** A countdown for the eye; read out once, as the server said it. */
function Refusal({ message, seconds }: { readonly message: string; readonly seconds: number }) {
  if (seconds <= 0) return message;
  return (
    <span>
      <span className="sr-only">{message}</span>
      <span aria-hidden="true">
        {t("Too many attempts. You can try again in {seconds, plural, one {# second} other {# seconds}}.", { seconds })}
      </span>
    </span>
  );
}

function PasswordField({ error }: { readonly error: string | undefined }) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <TextField label={t("Password")} name="password" type={shown ? "text" : "password"} autoComplete="current-password" error={error} />
      <button
        type="button"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className={`${inputClass} absolute top-0 right-0 h-5! w-auto! border-0! bg-transparent! px-1! text-meta! font-medium text-ink-2 shadow-none! hover:text-ink touch:-top-3 touch:h-11!`}
      >
        {shown ? t("Hide") : t("Show")}
      </button>
    </div>
  );
}

type Input = { readonly account: string; readonly email: string; readonly password: string };

function useSignIn(next: string) {
  const client = useClient();
  const router = useRouter();
  const [{ fetching }, signIn] = useMutation(SignInDocument);
  const [opening, setOpening] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [tried, setTried] = useState<Input | null>(null);
  const [seconds, countFrom] = useCountdown(() => setRefusal(null));
  const submit = async (input: Input) => {
    setTried(input);
    setRefusal(null);
    if (!input.account || !input.email || !input.password) return;
    const { data, error } = await signIn({ input });
    if (error) return setRefusal(errorMessage(error));
    if (data?.signIn.__typename === "SignInRefused") {
      setRefusal(data.signIn.message);
      return countFrom(data.signIn.retryAfterS ?? 0);
    }
    writeStored(storedAccount, input.account);
    setOpening(true);
    await client.query(ViewerDocument, {}, { requestPolicy: "network-only" }).toPromise();
    router.history.push(next);
  };
  const missing = { account: tried?.account === "", email: tried?.email === "", password: tried?.password === "" };
  return { submit, refusal, seconds, fetching: fetching || opening, missing };
}
