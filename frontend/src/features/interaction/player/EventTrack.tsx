import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { useConversation } from "../conversation";
import { type EventMarker, eventMarkers, eventsNote, eventsTitle } from "../model/events";
import { reachClass, reachStyles } from "./reach";
import { useTimeline } from "./timeline";

/** Silences, crosstalks and holds with their length. One seeks; several that stand too close are zoomed to. */
export function EventTrack({ small, top }: { readonly small: boolean; readonly top: number }) {
  const { model } = useConversation();
  const { scale } = useTimeline();
  const markers = eventMarkers(model.events, scale, small);
  const reaches = reachStyles(markers);
  return (
    <ul aria-label={t("Speech events")} className="pointer-events-none absolute inset-x-0 z-20" style={{ top, height: small ? 28 : 22 }}>
      {markers.map((marker, index) => (
        <li
          key={`${marker.items[0]?.type} ${marker.items[0]?.startMs}`}
          className="pointer-events-auto absolute top-0"
          style={{ ...reaches[index], left: marker.left, width: marker.right - marker.left }}
        >
          <Marker marker={marker} small={small} />
        </li>
      ))}
    </ul>
  );
}

function Marker({ marker, small }: { readonly marker: EventMarker; readonly small: boolean }) {
  const { goTo } = useConversation();
  const { showSpan } = useTimeline();
  const [first] = marker.items;
  const last = marker.items.at(-1);
  if (!first || !last) return null;
  const stacked = marker.items.length > 1;
  const name = t("{title}, {note}, at {at}", {
    title: eventsTitle(marker.items),
    note: eventsNote(marker.items),
    at: clock(first.startMs),
  });
  return (
    <button
      type="button"
      title={name}
      onClick={() => (stacked ? showSpan(first.startMs, last.endMs) : goTo(first.startMs))}
      className={`group flex w-full items-center ${reachClass} ${small ? "h-7" : "-my-px h-6"}`}
    >
      <span
        className={`figures flex h-[18px] w-full items-center justify-center overflow-hidden rounded-chip border bg-surface px-1 text-axis whitespace-nowrap text-ink-2 group-hover:text-ink ${edge(marker)}`}
      >
        <Label text={marker.label} />
      </span>
      <span className="sr-only">: {name}</span>
    </button>
  );
}

/** Letters in bold, the length in plain: `3 × C 8.2s`. */
function Label({ text }: { readonly text: string }) {
  const at = text.lastIndexOf(" ");
  if (at < 0) return <b className="font-semibold text-ink">{text}</b>;
  return (
    <>
      <b className="mr-1 font-semibold text-ink">{text.slice(0, at)}</b>
      {text.slice(at + 1)}
    </>
  );
}

function edge(marker: EventMarker): string {
  const stacked = marker.items.length > 1 ? "shadow-[2px_2px_0_-1px_var(--surface),2px_2px_0_0_var(--line-3)]" : "";
  if (marker.letters.length > 1) return `border-ink-2 ${stacked}`;
  if (marker.letters[0] === "S") return `border-dashed border-line-3 ${stacked}`;
  return marker.letters[0] === "H" ? `hatched border-line-3 ${stacked}` : `border-ink-2 ${stacked}`;
}
