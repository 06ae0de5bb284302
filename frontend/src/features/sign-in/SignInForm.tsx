import { type FormEvent, useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { inputClass, TextField } from "@/components/Field";
import { t } from "@/i18n";
import { readStored, writeStored } from "@/lib/theme";
import { storedAccount } from "./model";
import { Refused } from "./Refused";
import { type Provider, providerAddress, useMethods } from "./useMethods";
import type { SignIn } from "./useSignIn";

type Props = { readonly next: string; readonly signIn: SignIn };

/** The account decides what stands below it: identity providers, a password, or both. */
export function SignInForm({ next, signIn }: Props) {
  const { submit, refusal, seconds, fetching, missing } = signIn;
  const [account, setAccount] = useState(readStored(storedAccount) ?? "");
  const [insists, setInsists] = useState(false);
  const methods = useMethods(account);
  const start = useRef<HTMLInputElement>(null);
  const email = useRef<HTMLInputElement>(null);
  useEffect(() => {
    (readStored(storedAccount) ? email : start).current?.focus();
  }, []);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (withPassword) submit({ account: account.trim(), email: String(form.get("email")).trim(), password: String(form.get("password")) });
  };
  const withPassword = methods.password || methods.providers.length === 0 || insists;
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
      {methods.providers.length > 0 && (
        <Providers
          providers={methods.providers}
          next={next}
          primary={!withPassword}
          onGo={() => writeStored(storedAccount, account.trim())}
        />
      )}
      {methods.providers.length > 0 && withPassword && <Or />}
      {withPassword ? (
        <>
          <TextField
            ref={email}
            label={t("Email")}
            name="email"
            type="email"
            autoComplete="username"
            error={missing.email ? t("Enter your email address.") : undefined}
          />
          <PasswordField error={missing.password ? t("Enter your password.") : undefined} />
          <Refused refusal={refusal} seconds={seconds} />
          <button type="submit" disabled={fetching || seconds > 0} className={buttonClass("primary", "medium", "h-9! touch:h-11!")}>
            {fetching ? t("Signing in …") : t("Sign in")}
          </button>
        </>
      ) : (
        <button type="button" className={buttonClass("ghost", "small", "self-center")} onClick={() => setInsists(true)}>
          {t("I am an owner and use my password")}
        </button>
      )}
    </form>
  );
}

type ProvidersProps = {
  readonly providers: readonly Provider[];
  readonly next: string;
  readonly primary: boolean;
  readonly onGo: () => void;
};

function Providers({ providers, next, primary, onGo }: ProvidersProps) {
  return (
    <ul className="flex flex-col gap-2">
      {providers.map((provider, index) => (
        <li key={provider.id} className="grid">
          <a
            href={providerAddress(provider, next)}
            onClick={onGo}
            className={buttonClass(primary && index === 0 ? "primary" : "default", "medium", "h-9! touch:h-11!")}
          >
            <span className="truncate">{t("Continue with {provider}", { provider: provider.name })}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Or() {
  return (
    <p className="flex items-center gap-3 text-meta text-ink-3">
      <span className="h-px flex-1 bg-line" />
      {t("or with a password")}
      <span className="h-px flex-1 bg-line" />
    </p>
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
