import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

export type NoticeTone = "critical" | "attention" | "good" | "plain";

const looks: Record<NoticeTone, { readonly box: string; readonly icon: IconName }> = {
  critical: { box: "bg-critical-soft text-critical-ink", icon: "alert" },
  attention: { box: "bg-indicator-soft text-indicator-ink", icon: "alert" },
  good: { box: "bg-positive-soft text-positive", icon: "check" },
  plain: { box: "bg-sunken text-ink-2", icon: "info" },
};

type NoticeProps = { readonly tone?: NoticeTone; readonly action?: ReactNode; readonly children: ReactNode; readonly className?: string };

/** A sentence in its place on the page. What went wrong is read out at once; the rest waits its turn. */
export function Notice({ tone = "plain", action, children, className = "" }: NoticeProps) {
  const { box, icon } = looks[tone];
  return (
    <div
      role={tone === "critical" ? "alert" : undefined}
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-field px-3 py-2 ${box} ${className}`}
    >
      <Icon name={icon} className="mt-0.5 self-start" />
      <div className="min-w-48 flex-1">{children}</div>
      {action}
    </div>
  );
}
