/** The transcript as the reader sees it: rows of turns, with the speech events between them. */
import type { Role, SpeechEvent, Transcript } from "./types";

export type TurnRow = {
  readonly kind: "turn";
  readonly id: string;
  readonly role: Role;
  readonly speaker: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly segments: readonly number[];
  readonly backchannel: boolean;
};

export type EventRow = { readonly kind: "event"; readonly id: string; readonly startMs: number; readonly events: readonly SpeechEvent[] };
export type Row = TurnRow | EventRow;

/** A turn longer than this goes on in another row, so that a place can be found in it. */
const longestText = 260;

export function toRows(transcript: Pick<Transcript, "segments" | "turns">, events: readonly SpeechEvent[]): readonly Row[] {
  return withEvents(turnRows(transcript), events);
}

function turnRows({ segments, turns }: Pick<Transcript, "segments" | "turns">): readonly TurnRow[] {
  const owned = new Set(turns.flatMap((turn) => turn.segments));
  const rows = turns.flatMap((turn) => split(turn.segments, segments).map((part) => toRow(part, segments, turn.backchannel)));
  // Whoever is neither agent nor consumer has no turns, but is read like everybody else.
  const others = segments.startsMs.flatMap((_, segment) => (owned.has(segment) ? [] : [toRow([segment], segments, false)]));
  return [...rows, ...others].sort((a, b) => a.startMs - b.startMs || (a.segments[0] ?? 0) - (b.segments[0] ?? 0));
}

function split(indices: readonly number[], segments: Transcript["segments"]): number[][] {
  const parts: number[][] = [];
  let length = 0;
  for (const index of indices) {
    const words = segments.texts[index] ?? null;
    const text = words?.length ?? 0;
    const last = parts.at(-1);
    // Without words a row is one stretch of speech: its bar must not cover the pauses.
    if (last && words !== null && length + text <= longestText) {
      last.push(index);
      length += text;
    } else {
      parts.push([index]);
      length = text;
    }
  }
  return parts;
}

function toRow(part: readonly number[], segments: Transcript["segments"], backchannel: boolean): TurnRow {
  const first = part[0] ?? 0;
  return {
    kind: "turn",
    id: `turn-${first}`,
    role: segments.roles[first] ?? "OTHER",
    speaker: segments.speakers[first] ?? "",
    startMs: segments.startsMs[first] ?? 0,
    endMs: Math.max(...part.map((index) => segments.endsMs[index] ?? 0)),
    segments: part,
    backchannel,
  };
}

/** Each event after the row in which it begins; neighbours of one type share a line. */
function withEvents(turns: readonly TurnRow[], events: readonly SpeechEvent[]): readonly Row[] {
  const rows: Row[] = [];
  const waiting = [...events].sort((a, b) => a.startMs - b.startMs);
  const place = (beforeMs: number) => {
    while (waiting[0] && waiting[0].startMs < beforeMs) pushEvent(rows, waiting.shift() as SpeechEvent);
  };
  for (const turn of turns) {
    place(turn.startMs);
    rows.push(turn);
  }
  place(Number.POSITIVE_INFINITY);
  return rows;
}

function pushEvent(rows: Row[], event: SpeechEvent): void {
  const last = rows.at(-1);
  if (last?.kind === "event" && last.events[0]?.type === event.type) rows[rows.length - 1] = { ...last, events: [...last.events, event] };
  else rows.push({ kind: "event", id: `event-${event.type}-${event.startMs}`, startMs: event.startMs, events: [event] });
}

/** The row that is being spoken at a moment: the last turn that has begun; before the first, the first. */
export function rowAt(rows: readonly Row[], ms: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.startMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0; at--) if (rows[at]?.kind === "turn") return at;
  return Math.max(
    rows.findIndex((row) => row.kind === "turn"),
    0,
  );
}

export function rowOfSegment(rows: readonly Row[], segment: number): number {
  return rows.findIndex((row) => row.kind === "turn" && row.segments.includes(segment));
}

/** The next or previous turn from a row, or the row itself at the end. */
export function neighbour(rows: readonly Row[], from: number, direction: 1 | -1): number {
  for (let at = from + direction; at >= 0 && at < rows.length; at += direction) if (rows[at]?.kind === "turn") return at;
  return from;
}
