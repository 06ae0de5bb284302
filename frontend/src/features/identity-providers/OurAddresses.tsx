import { CopyText } from "@/components/CopyText";
import { Section } from "@/components/Section";
import { t } from "@/i18n";
import type { ProviderFieldsFragment } from "./__generated__";

/** What the identity provider asks for when Assay is made known to it. */
export function OurAddresses({ provider }: { readonly provider: ProviderFieldsFragment }) {
  const addresses = [
    { name: t("Metadata address"), also: t("Most providers take all the rest from it."), text: provider.metadataUrl },
    { name: t("Reply URL (ACS)"), also: t("Also: assertion consumer service, single sign-on URL."), text: provider.acsUrl },
    { name: t("Entity ID"), also: t("Also: audience, identifier."), text: provider.spEntityId },
    { name: t("Sign-out URL (SLO)"), also: t("Also: single logout."), text: provider.logoutUrl },
    { name: t("Sign-in address"), also: t("A link for people that starts here."), text: provider.loginUrl },
  ];
  return (
    <Section title={t("For your identity provider")} hint={t("Enter these there.")}>
      <dl className="flex max-w-3xl flex-col gap-4">
        {addresses.map((address) => (
          <div key={address.name} className="flex flex-col gap-1.5">
            <dt>
              <span className="font-medium">{address.name}</span> <span className="text-meta text-ink-3">{address.also}</span>
            </dt>
            <dd className="grid">
              <CopyText text={address.text} name={address.name} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
