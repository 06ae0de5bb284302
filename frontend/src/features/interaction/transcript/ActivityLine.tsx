import { t } from "@/i18n";
import { span } from "@/lib/format";
import { useConversation } from "../conversation";
import type { TurnRow } from "../model/rows";
import { Speaker, TimeLink } from "./TurnLine";

const fills = { AGENT: "bg-agent", CONSUMER: "bg-consumer", OTHER: "bg-ink-3" };
/** A stretch of speech this long fills the line. */
const fullMs = 30_000;

/** Who spoke and how long, where the words are not known. */
export function ActivityLine({ row, isCurrent }: { readonly row: TurnRow; readonly isCurrent: boolean }) {
  const { goTo } = useConversation();
  const length = row.endMs - row.startMs;
  return (
    <div
      className={`relative grid grid-cols-[var(--time)_60px_minmax(0,1fr)] items-center gap-x-2 px-4 py-1 md:px-5 ${isCurrent ? "bg-accent-soft" : ""}`}
    >
      {isCurrent && <span aria-hidden="true" className="absolute inset-y-0 left-0 w-[3px] bg-accent" />}
      <TimeLink ms={row.startMs} />
      <Speaker row={row} />
      <button
        type="button"
        onClick={() => goTo(row.startMs)}
        aria-label={t("Spoke for {length}", { length: span(length) })}
        className="flex h-6 max-w-[600px] items-center gap-2 rounded-chip text-left touch:h-8"
      >
        <span
          className={`h-2 min-w-1 shrink-0 rounded-[2px] ${fills[row.role]}`}
          style={{ width: `${Math.min(100, (length / fullMs) * 100) * 0.82}%` }}
        />
        <span className="figures text-meta whitespace-nowrap text-ink-2">{span(length)}</span>
      </button>
    </div>
  );
}
