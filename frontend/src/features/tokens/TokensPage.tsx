import { useState } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Section } from "@/components/Section";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { AccountTokensDocument, RotateSigningKeyDocument } from "./__generated__";
import { NewToken, TokensPanel } from "./TokensPanel";

/** Every token of the account, whoever made it, and the key that signs them. */
export function TokensPage() {
  const [{ data, error, fetching }, refetch] = useQuery({ query: AccountTokensDocument, requestPolicy: "cache-and-network" });
  const again = () => refetch({ requestPolicy: "network-only" });
  const tokens = data?.accountTokens;
  const owned = tokens?.filter((token) => token.kind === "API");
  const provisioning = tokens?.filter((token) => token.kind === "SCIM");
  const common = { fetching, error, again, showOwner: true } as const;
  return (
    <>
      <PageBar title={t("API tokens")}>
        <NewToken kind="API" primary onCreated={again} />
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-5xl">
          <Section title={t("People’s tokens")} hint={t("Each acts as the person who made it, and never may more than they may.")}>
            <TokensPanel {...common} tokens={owned} empty={t("Nobody has made a token. The API is described at /graphql.")} />
          </Section>
          {!error && (
            <Section title={t("Provisioning")} hint={t("With these an identity provider creates and deactivates people.")}>
              <TokensPanel {...common} tokens={provisioning} empty={t("No identity provider has one.")} />
            </Section>
          )}
          <SigningKey />
        </div>
      </div>
    </>
  );
}

function SigningKey() {
  const [isOpen, setOpen] = useState(false);
  const { run, refusal, clear } = useAction(RotateSigningKeyDocument);
  const close = () => [setOpen(false), clear()];
  const rotate = async () => {
    const done = await run({});
    if (!done) return;
    toast(
      t("The key is new. {count, plural, one {# token goes} other {# tokens go}} on with the old one until the end.", {
        count: done.tokensKept,
      }),
    );
    close();
  };
  return (
    <Section
      title={t("Signing key")}
      hint={t("Every token is signed with a key of this account.")}
      action={<Button onPress={() => setOpen(true)}>{t("Change the key")}</Button>}
    >
      <p className="max-w-xl text-ink-2">
        {t(
          "A new key signs the tokens that are made from then on. The old key goes on checking its own until the last of them expires, so nothing stops working. Revoke a token that has leaked; change the key where the installation’s own secrets may have.",
        )}
      </p>
      <Confirm
        title={t("Change the signing key?")}
        isOpen={isOpen}
        onClose={close}
        verb={t("Change the key")}
        danger={false}
        refusal={refusal?.message ?? null}
        onConfirm={rotate}
      >
        {t("Tokens that exist keep working until they expire or are revoked.")}
      </Confirm>
    </Section>
  );
}
