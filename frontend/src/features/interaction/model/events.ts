/** Speech events as markers of the timeline: a letter, a duration, and one stacked marker for those that stand too close. */
import { t } from "@/i18n";
import { number, span } from "@/lib/format";
import { type Cluster, cluster } from "./cluster";
import { clamp, type TimeScale, xOf } from "./time-scale";
import type { SpeechEvent } from "./types";

export type Letter = "S" | "C" | "H";
export type EventMarker = Cluster<SpeechEvent> & { readonly label: string; readonly letters: readonly Letter[] };

/** Pixels a character takes in the marker's type, and what stands around them. */
const characterPx = 6.4;
const paddingPx = 14;
const closerThanPx = 40;

export function letterOf(event: SpeechEvent): Letter {
  return event.type === "SILENCE" ? "S" : event.type === "CROSSTALK" ? "C" : "H";
}

export const lengthOf = (events: readonly SpeechEvent[]): number => events.reduce((sum, event) => sum + event.endMs - event.startMs, 0);

export function eventMarkers(events: readonly SpeechEvent[], scale: TimeScale, compact = false): readonly EventMarker[] {
  const seen = events.filter((event) => event.endMs >= scale.fromMs && event.startMs <= scale.toMs);
  const anchorOf = (event: SpeechEvent) => xOf(scale, (event.startMs + event.endMs) / 2);
  const found = cluster(
    [...seen].sort((a, b) => anchorOf(a) - anchorOf(b)),
    {
      anchorOf,
      boxOf: (group) => boxOf(group, scale, compact),
      closerThan: compact ? 28 : closerThanPx,
    },
  );
  return found.map((one) => ({ ...one, label: markerLabel(one.items, compact), letters: lettersOf(one.items) }));
}

function boxOf(group: readonly SpeechEvent[], scale: TimeScale, compact: boolean) {
  const start = xOf(scale, Math.min(...group.map((event) => event.startMs)));
  const end = xOf(scale, Math.max(...group.map((event) => event.endMs)));
  const least = Math.max(24, markerLabel(group, compact).length * characterPx + paddingPx);
  // A hold shows its true width wherever its label fits into it.
  if (group.length === 1 && group[0]?.type === "HOLD" && end - start >= least) return { left: start, right: end };
  const middle = clamp((start + end) / 2, least / 2, Math.max(least / 2, scale.width - least / 2));
  return { left: middle - least / 2, right: middle + least / 2 };
}

function lettersOf(events: readonly SpeechEvent[]): readonly Letter[] {
  return (["S", "C", "H"] as const).filter((letter) => events.some((event) => letterOf(event) === letter));
}

/** `C 3.1s`, `3 × C 8.2s`, `3 × SC 12s`; where there is little room `C` and `3C`. */
export function markerLabel(events: readonly SpeechEvent[], compact: boolean): string {
  const letters = lettersOf(events).join("");
  if (compact) return events.length === 1 ? letters : `${events.length}${letters}`;
  const name = events.length === 1 ? letters : `${events.length} × ${letters}`;
  return `${name} ${shortSpan(lengthOf(events))}`;
}

/** 3100 → `3.1s`, 72000 → `1:12`. */
export function shortSpan(ms: number): string {
  if (ms < 60_000) return `${number(ms / 1000, 1)}s`;
  return `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
}

export function eventName(event: SpeechEvent): string {
  return event.type === "SILENCE" ? t("Silence") : event.type === "CROSSTALK" ? t("Crosstalk") : t("Hold");
}

/** `3 crosstalks`, `Hold`; of several types `4 events`. */
export function eventsTitle(events: readonly SpeechEvent[]): string {
  const [first] = events;
  if (events.length === 1 && first) return eventName(first);
  const count = events.length;
  if (new Set(events.map((event) => event.type)).size > 1 || !first) return t("{count} events", { count });
  if (first.type === "SILENCE") return t("{count} silences", { count });
  return first.type === "CROSSTALK" ? t("{count} crosstalks", { count }) : t("{count} holds", { count });
}

/** What stands behind the title: `8.2 s in total, the agent began 2 of them`. */
export function eventsNote(events: readonly SpeechEvent[]): string {
  const length = span(lengthOf(events));
  const talked = events.filter((event) => event.type === "CROSSTALK");
  if (events.length === 1) {
    if (talked[0])
      return talked[0].role === "AGENT" ? t("{length}, begun by the agent", { length }) : t("{length}, begun by the consumer", { length });
    return events[0]?.type === "HOLD" ? t("{length}, reported by the contact centre", { length }) : length;
  }
  const agent = talked.filter((event) => event.role === "AGENT").length;
  if (talked.length < events.length) return t("{length} in total", { length });
  return t("{length} in total, the agent began {agent} of them", { length, agent });
}
