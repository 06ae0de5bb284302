import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Chip } from "@/components/Chip";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/Tabs";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { IdentityProviderDocument, type ProviderFieldsFragment } from "./__generated__";
import { BackLink } from "./BackLink";
import { Certificates } from "./Certificates";
import { DeleteProvider } from "./DeleteProvider";
import { usualAttributes } from "./model";
import { OurAddresses } from "./OurAddresses";
import { ProviderForm } from "./ProviderForm";
import { RuleEditor } from "./rules/RuleEditor";
import type { TabName } from "./search";
import { SamlTry } from "./try/SamlTry";

type Props = { readonly id: string; readonly tab: TabName; readonly onTab: (tab: TabName) => void; readonly onDeleted: () => void };

/** One identity provider: its connection, its rules, and a way to try a response without signing anybody in. */
export function ProviderPage({ id, tab, onTab, onDeleted }: Props) {
  const [{ data, error, fetching }, again] = useQuery({
    query: IdentityProviderDocument,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const slow = useSlow(fetching && !data);
  const provider = data?.identityProvider;
  const reload = () => again({ requestPolicy: "network-only" });
  return (
    <>
      <PageBar
        title={provider?.name ?? t("Identity provider")}
        note={provider && !provider.active && <Chip tone="outline">{t("Switched off")}</Chip>}
      >
        <BackLink />
      </PageBar>
      {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={reload} />}
      {slow && <Waiting />}
      {data && !provider && (
        <EmptyState title={t("There is no such provider")} action={<BackLink />}>
          {t("It may have been removed.")}
        </EmptyState>
      )}
      {provider && <Parts provider={provider} tab={tab} onTab={onTab} reload={reload} onDeleted={onDeleted} />}
    </>
  );
}

type PartsProps = Omit<Props, "id"> & { readonly provider: ProviderFieldsFragment; readonly reload: () => void };

function Parts({ provider, tab, onTab, reload, onDeleted }: PartsProps) {
  return (
    <Tabs selectedKey={tab} onSelectionChange={(key) => onTab(key as TabName)} className="min-h-0 flex-1">
      <TabList label={t("Parts of the provider")}>
        <Tab id="connection">{t("Connection")}</Tab>
        <Tab id="rules">{t("Mapping rules")}</Tab>
        <Tab id="try">{t("Try a response")}</Tab>
      </TabList>
      <TabPanel id="connection" className="overflow-y-auto">
        <div className="max-w-5xl">
          <OurAddresses provider={provider} />
          <ProviderForm provider={provider} onSaved={reload} />
          <Certificates provider={provider} />
          <DeleteProvider provider={provider} onDeleted={onDeleted} />
        </div>
      </TabPanel>
      <TabPanel id="rules" className="overflow-y-auto">
        <RuleEditor providerId={provider.id} rules={provider.rules} attributes={usualAttributes(provider)} onSaved={reload} />
      </TabPanel>
      <TabPanel id="try" className="overflow-y-auto">
        <SamlTry providerId={provider.id} />
      </TabPanel>
    </Tabs>
  );
}

function Waiting() {
  return (
    <div className="flex max-w-3xl flex-col gap-4 px-4 py-6 md:px-5">
      <Skeleton className="h-5 w-64" />
      <Skeleton className="h-9 w-full rounded-field" />
      <Skeleton className="h-9 w-full rounded-field" />
      <Skeleton className="h-40 w-full rounded-card" />
    </div>
  );
}
