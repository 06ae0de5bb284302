import type { ReactNode } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { CopyText } from "@/components/CopyText";
import { ErrorPanel } from "@/components/Panel";
import { Section } from "@/components/Section";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/Tabs";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime, number } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { ScimDocument, type ScimFieldsFragment } from "./__generated__";
import { BackLink } from "./BackLink";
import { LastRun } from "./LastRun";
import { scimAttributes } from "./model";
import { RuleEditor } from "./rules/RuleEditor";
import type { TabName } from "./search";
import { ScimTry } from "./try/ScimTry";

type Props = { readonly tab: TabName; readonly onTab: (tab: TabName) => void; readonly tokens: ReactNode };

/** Provisioning by SCIM: address and token, rules, and a way to try a resource. */
export function ScimPage({ tab, onTab, tokens }: Props) {
  const [{ data, error, fetching }, again] = useQuery({ query: ScimDocument, requestPolicy: "cache-and-network" });
  const slow = useSlow(fetching && !data);
  const reload = () => again({ requestPolicy: "network-only" });
  return (
    <>
      <PageBar title={t("Provisioning")} note={t("SCIM 2.0")}>
        <BackLink />
      </PageBar>
      {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={reload} />}
      {slow && <Skeleton className="m-5 h-40 max-w-3xl rounded-card" />}
      {data && (
        <Tabs selectedKey={tab} onSelectionChange={(key) => onTab(key as TabName)} className="min-h-0 flex-1">
          <TabList label={t("Parts of provisioning")}>
            <Tab id="connection">{t("Connection")}</Tab>
            <Tab id="rules">{t("Mapping rules")}</Tab>
            <Tab id="try">{t("Try a user")}</Tab>
          </TabList>
          <TabPanel id="connection" className="overflow-y-auto">
            <div className="max-w-5xl">
              <Connection settings={data.scimSettings} />
              {tokens}
            </div>
          </TabPanel>
          <TabPanel id="rules" className="overflow-y-auto">
            <LastRun run={data.scimSettings.lastRun ?? null} onLook={reload} />
            <RuleEditor providerId={null} rules={data.scimSettings.rules} attributes={scimAttributes} onSaved={reload} />
          </TabPanel>
          <TabPanel id="try" className="overflow-y-auto">
            <ScimTry />
          </TabPanel>
        </Tabs>
      )}
    </>
  );
}

function Connection({ settings }: { readonly settings: ScimFieldsFragment }) {
  const zone = useZone();
  const { users, groups, lastRequestAt } = settings;
  return (
    <Section title={t("For your identity provider")} hint={t("It asks for this address, and for a token as its secret or bearer token.")}>
      <div className="flex max-w-3xl flex-col gap-1.5">
        <span className="font-medium">{t("Base URL")}</span>
        <CopyText text={settings.baseUrl} name={t("Base URL")} />
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Figure name={t("Users provisioned")} value={number(users)} />
        <Figure name={t("Groups")} value={number(groups)} />
        <Figure name={t("Last request")} value={lastRequestAt ? dateTime(lastRequestAt, zone) : t("None yet")} />
      </dl>
    </Section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-meta text-ink-3">{name}</dt>
      <dd className="figures text-score font-semibold tracking-[-0.01em]">{value}</dd>
    </div>
  );
}
