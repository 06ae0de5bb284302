import { lazy, Suspense } from "react";
import { Tab, TabList, TabPanel, Tabs } from "@/components/Tabs";
import { t } from "@/i18n";
import { Analytics } from "./Analytics";

// The details bring the select box with them, which the page can do without until they are opened.
const Details = lazy(async () => ({ default: (await import("./Details")).Details }));

type SideTabsProps = { readonly tab: "analytics" | "details"; readonly onTab: (tab: string) => void };

export function SideTabs({ tab, onTab }: SideTabsProps) {
  return (
    <Tabs selectedKey={tab} onSelectionChange={(key) => onTab(String(key))} className="min-h-0 flex-1">
      <TabList label={t("About this interaction")}>
        <Tab id="analytics">{t("Analytics")}</Tab>
        <Tab id="details">{t("Details")}</Tab>
      </TabList>
      <TabPanel id="analytics" className="overflow-y-auto bg-canvas">
        <Analytics />
      </TabPanel>
      <TabPanel id="details" className="overflow-y-auto bg-canvas">
        <Suspense>
          <Details />
        </Suspense>
      </TabPanel>
    </Tabs>
  );
}
