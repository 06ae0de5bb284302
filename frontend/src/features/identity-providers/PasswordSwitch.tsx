import { useState } from "react";
import { useQuery } from "urql";
import { Confirm } from "@/components/Confirm";
import { Notice } from "@/components/Notice";
import { ErrorPanel } from "@/components/Panel";
import { Switch } from "@/components/Switch";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { PasswordSignInDocument, SetPasswordSignInDocument } from "./__generated__";

/** Off only after a question; the server refuses where nobody could sign in then. */
export function PasswordSwitch() {
  const [{ data, error }, again] = useQuery({ query: PasswordSignInDocument, requestPolicy: "cache-and-network" });
  const [asking, setAsking] = useState(false);
  const { run, busy, refusal, clear } = useAction(SetPasswordSignInDocument);
  if (error && !data) return <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  if (!data) return null;
  const on = data.settings.passwordSignIn;
  const set = async (next: boolean) => {
    if (!(await run({ on: next }))) return;
    again({ requestPolicy: "network-only" });
    setAsking(false);
    toast(next ? t("Passwords work again.") : t("Passwords no longer work, but for owners with a second factor."));
  };
  return (
    <>
      <Switch
        label={t("Sign-in with a password")}
        hint={
          on
            ? t("People with a password may use it, beside the identity providers.")
            : t(
                "Only identity providers let people in. Owners with a second factor keep their password, so that a fault there locks nobody out for good.",
              )
        }
        isSelected={on}
        isDisabled={busy}
        onChange={(next) => [clear(), next ? set(true) : setAsking(true)]}
      />
      {refusal && !asking && <Notice tone="critical">{refusal.message}</Notice>}
      <Confirm
        title={t("Switch passwords off?")}
        isOpen={asking}
        onClose={() => [setAsking(false), clear()]}
        verb={t("Switch off")}
        refusal={refusal?.message ?? null}
        onConfirm={() => set(false)}
      >
        {t(
          "From now on people sign in through an identity provider only. Sessions that are open stay open. Owners with a second factor can go on using their password.",
        )}
      </Confirm>
    </>
  );
}
