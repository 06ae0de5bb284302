import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { buttonClass } from "@/components/button-style";
import { Chip } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { ErrorPanel } from "@/components/Panel";
import { Section } from "@/components/Section";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { IdentityProvidersDocument, type ProviderFieldsFragment } from "./__generated__";
import { certificateWarning } from "./model";
import { OurKey } from "./OurKey";
import { PasswordSwitch } from "./PasswordSwitch";
import { Provisioning } from "./Provisioning";
import { rowClass } from "./row";

/** The ways in: identity providers, provisioning, passwords. */
export function IdentityPage() {
  return (
    <>
      <PageBar title={t("Identity and sign-in")}>
        <Link to="/admin/identity/$id" params={{ id: "new" }} className={buttonClass("primary")}>
          <Icon name="plus" />
          {t("Add a provider")}
        </Link>
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-5xl">
          <Section title={t("Identity providers")} hint={t("People sign in with the account of their company, by SAML 2.0.")}>
            <Providers />
          </Section>
          <OurKey />
          <Section
            title={t("Provisioning")}
            hint={t("The identity provider creates, changes and deactivates people by itself, by SCIM 2.0.")}
          >
            <Provisioning />
          </Section>
          <Section title={t("Passwords")} hint={t("Whether people may sign in with a password of this account.")}>
            <PasswordSwitch />
          </Section>
        </div>
      </div>
    </>
  );
}

function Providers() {
  const [{ data, error, fetching }, again] = useQuery({ query: IdentityProvidersDocument, requestPolicy: "cache-and-network" });
  const slow = useSlow(fetching && !data);
  if (error && !data) return <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  if (slow) return <Skeleton className="h-30 w-full rounded-card" />;
  if (!data) return null;
  if (data.identityProviders.length === 0) {
    return (
      <p className="py-1 text-ink-2">
        {t("None yet: people sign in with a password. You need the provider’s metadata, or its sign-in address and certificate.")}
      </p>
    );
  }
  return (
    <ul className="overflow-hidden rounded-card border border-line">
      {data.identityProviders.map((provider) => (
        <Provider key={provider.id} provider={provider} />
      ))}
    </ul>
  );
}

function Provider({ provider }: { readonly provider: ProviderFieldsFragment }) {
  const zone = useZone();
  const [now] = useState(Date.now);
  const warning = certificateWarning(provider.certificates, now);
  const used = provider.lastSignInAt
    ? t("Last sign-in {when}", { when: dateTime(provider.lastSignInAt, zone) })
    : t("Nobody has signed in this way yet");
  return (
    <li className="border-b border-line last:border-0">
      <Link to="/admin/identity/$id" params={{ id: provider.id }} className={rowClass}>
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-2">
            <span className="truncate font-semibold">{provider.name}</span>
            {!provider.active && <Chip tone="outline">{t("Switched off")}</Chip>}
            {warning && <Chip tone="critical">{t("Certificate")}</Chip>}
          </span>
          <span className="block truncate text-ink-2">{used}</span>
          {warning ? (
            <span className="block text-meta text-critical-ink">{warning}</span>
          ) : (
            <span className="block text-meta text-ink-3">
              {t("{count, plural, =0 {No mapping rules} one {# mapping rule} other {# mapping rules}}", { count: provider.rules.length })}
            </span>
          )}
        </span>
        <Icon name="chevron-right" className="text-ink-3" />
      </Link>
    </li>
  );
}
