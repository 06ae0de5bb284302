import type { ReactNode } from "react";
import { TabPanel as AriaPanel, Tab as AriaTab, TabList as AriaTabList, Tabs as AriaTabs, type TabsProps } from "react-aria-components";

export function Tabs({ className = "", ...rest }: Omit<TabsProps, "className"> & { readonly className?: string }) {
  return <AriaTabs {...rest} className={`flex min-h-0 flex-col ${className}`} />;
}

export function TabList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <AriaTabList aria-label={label} className="flex h-11 shrink-0 gap-5 border-b border-line px-5">
      {children}
    </AriaTabList>
  );
}

export function Tab({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <AriaTab
      id={id}
      className="-mb-px flex h-11 cursor-pointer items-center gap-2 border-b-2 border-transparent font-medium text-ink-2 motion-fade hot:text-ink data-[selected]:border-ink data-[selected]:text-ink"
    >
      {children}
    </AriaTab>
  );
}

export function TabPanel({
  id,
  className = "",
  children,
}: {
  readonly id: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <AriaPanel id={id} className={`min-h-0 flex-1 outline-none ring:outline-2 ring:outline-accent ${className}`}>
      {children}
    </AriaPanel>
  );
}
