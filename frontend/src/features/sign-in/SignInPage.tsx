import { useEffect } from "react";
import { Logo } from "@/app/Logo";
import { Notice } from "@/components/Notice";
import { t } from "@/i18n";
import { CodeStep } from "./CodeStep";
import { refusalSentence } from "./refusals";
import { ShapeOfACall } from "./ShapeOfACall";
import { SignInForm } from "./SignInForm";
import { useSignIn } from "./useSignIn";

type Props = { readonly next: string; readonly error?: string | undefined };

/** The account's ways in, then a second factor where the person has one. */
export function SignInPage({ next, error }: Props) {
  const signIn = useSignIn(next);
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
          {signIn.needsCode ? (
            <CodeStep signIn={signIn} />
          ) : (
            <>
              <h1 className="mb-1 text-score font-semibold tracking-[-0.015em]">{t("Sign in")}</h1>
              <p className="mb-6 text-ink-2">{t("To the conversations of your contact centre.")}</p>
              {error && (
                <Notice tone={error === "logout_failed" ? "attention" : "critical"} className="mb-6">
                  {refusalSentence(error)}
                </Notice>
              )}
              <SignInForm next={next} signIn={signIn} />
            </>
          )}
        </div>
      </div>
      <ShapeOfACall />
    </main>
  );
}
