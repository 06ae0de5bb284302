import { useQuery } from "urql";
import { Section } from "@/components/Section";
import { t } from "@/i18n";
import { AccountTokensDocument, MyTokensDocument } from "./__generated__";
import { NewToken, TokensPanel } from "./TokensPanel";

/** The viewer's own tokens, for the page of their own security. */
export function MyTokens() {
  const [{ data, error, fetching }, refetch] = useQuery({ query: MyTokensDocument, requestPolicy: "cache-and-network" });
  const again = () => refetch({ requestPolicy: "network-only" });
  return (
    <Section
      title={t("API tokens")}
      hint={t("For programs that act in your name, with a part of what you may do.")}
      action={<NewToken kind="API" onCreated={again} />}
    >
      <TokensPanel
        tokens={data?.myTokens}
        fetching={fetching}
        error={error}
        again={again}
        showOwner={false}
        empty={t("You have made no token.")}
      />
    </Section>
  );
}

/** Tokens with which an identity provider provisions people, for the page of provisioning. */
export function ProvisioningTokens() {
  const [{ data, error, fetching }, refetch] = useQuery({ query: AccountTokensDocument, requestPolicy: "cache-and-network" });
  const again = () => refetch({ requestPolicy: "network-only" });
  return (
    <Section
      title={t("Token")}
      hint={t("The identity provider shows it with every request. Make a second before the first expires, and change over.")}
      action={<NewToken kind="SCIM" onCreated={again} />}
    >
      <TokensPanel
        tokens={data?.accountTokens.filter((token) => token.kind === "SCIM")}
        fetching={fetching}
        error={error}
        again={again}
        showOwner
        empty={t("Without a token nobody is provisioned. Make one and paste it into the identity provider.")}
      />
    </Section>
  );
}
