import { clock } from "@/lib/format";
import { eventsNote, eventsTitle, letterOf } from "../model/events";
import type { EventRow } from "../model/rows";
import { TimeLink } from "./TurnLine";

const edges = { S: "border-dashed border-line-3", C: "border-ink-2", H: "hatched border-line-3" };

/** A silence, crosstalk or hold between the turns. */
export function EventLine({ row }: { readonly row: EventRow }) {
  const [first] = row.events;
  if (!first) return null;
  const letter = letterOf(first);
  return (
    <div className="grid grid-cols-[var(--time)_minmax(0,1fr)] items-center gap-x-2 px-4 py-1 md:px-5">
      <TimeLink ms={first.startMs} />
      <p className="flex min-w-0 items-center gap-2 text-meta text-ink-2">
        <span
          aria-hidden="true"
          className={`flex size-[18px] shrink-0 items-center justify-center rounded-chip border text-axis font-semibold text-ink ${edges[letter]}`}
        >
          {letter}
        </span>
        <span className="font-medium text-ink">{eventsTitle(row.events)}</span>
        <span className="figures truncate" title={`${clock(first.startMs)} ${eventsNote(row.events)}`}>
          {eventsNote(row.events)}
        </span>
        <span aria-hidden="true" className="h-px min-w-4 flex-1 bg-line" />
      </p>
    </div>
  );
}
