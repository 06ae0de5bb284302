import { useState } from "react";
import { t } from "@/i18n";
import { clock, span } from "@/lib/format";
import { useConversation } from "../conversation";
import { eventName, eventsNote, lengthOf } from "../model/events";
import type { SpeechEvent } from "../model/types";
import type { Figure } from "./__generated__";
import { Card } from "./Card";
import { How } from "./How";

const types = ["SILENCE", "CROSSTALK", "HOLD"] as const;
type Type = (typeof types)[number];
const figures: Record<Type, Figure> = { SILENCE: "SILENCES", CROSSTALK: "CROSSTALKS", HOLD: "HOLDS" };

/** How many silences, crosstalks and holds, and the list of each on request. */
export function EventsCard() {
  const { model } = useConversation();
  const [open, setOpen] = useState<Type | null>(null);
  const listed = model.events.filter((event) => event.type === open);
  return (
    <Card wide title={t("Speech events")}>
      <div className="grid grid-cols-3 divide-x divide-line">
        {types.map((type) => (
          <TypeFigure
            key={type}
            type={type}
            events={model.events.filter((event) => event.type === type)}
            open={open === type}
            onOpen={() => setOpen(open === type ? null : type)}
          />
        ))}
      </div>
      {open && listed.length > 0 && <EventList events={listed} />}
    </Card>
  );
}

function countName(type: Type, count: number): string {
  if (type === "SILENCE") return t("{count, plural, one {silence} other {silences}}", { count });
  return type === "CROSSTALK"
    ? t("{count, plural, one {crosstalk} other {crosstalks}}", { count })
    : t("{count, plural, one {hold} other {holds}}", { count });
}

type TypeProps = { readonly type: Type; readonly events: readonly SpeechEvent[]; readonly open: boolean; readonly onOpen: () => void };

function TypeFigure({ type, events, open, onOpen }: TypeProps) {
  const longest = Math.max(0, ...events.map((event) => event.endMs - event.startMs));
  const note =
    events.length === 0
      ? t("none")
      : events.length === 1
        ? span(longest)
        : t("{total}, longest {longest}", { total: span(lengthOf(events)), longest: span(longest) });
  return (
    <div className="flex min-w-0 items-start justify-between gap-1 px-3 first:pl-0 last:pr-0">
      <button
        type="button"
        disabled={events.length === 0}
        aria-expanded={open}
        onClick={onOpen}
        className="min-w-0 rounded-chip text-left enabled:hover:text-accent-ink"
      >
        <span className="figures text-title font-semibold">{events.length}</span> {countName(type, events.length)}
        <span className="figures block text-axis text-ink-3">{note}</span>
      </button>
      <How of={figures[type]} />
    </div>
  );
}

function EventList({ events }: { readonly events: readonly SpeechEvent[] }) {
  const { goTo } = useConversation();
  return (
    <ol className="-mx-1.5 mt-2 max-h-44 overflow-y-auto border-t border-line pt-1">
      {events.map((event) => (
        <li key={event.startMs}>
          <button
            type="button"
            onClick={() => goTo(event.startMs)}
            className="figures grid w-full grid-cols-[52px_80px_minmax(0,1fr)] rounded-chip px-1.5 py-0.5 text-left hover:bg-sunken touch:py-2.5"
          >
            <span className="text-ink-2">{clock(event.startMs)}</span>
            <span>{eventName(event)}</span>
            <span className="truncate text-ink-2">{eventsNote([event])}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
