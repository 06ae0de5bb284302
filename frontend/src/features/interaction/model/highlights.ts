/** Passages that the analysis points at: indicators, topics, questions and next steps, each at its characters and its time. */
import { codePoints } from "./code-points";
import type { Analysis, Role, Segments } from "./types";

export const kinds = ["indicator", "topic", "question", "step"] as const;
export type Kind = (typeof kinds)[number];

export type Highlight = {
  readonly id: string;
  readonly kind: Kind;
  /** The indicator's or the topic's name; of questions and steps the passage itself. */
  readonly group: string;
  readonly quote: string;
  readonly role: Role;
  readonly segment: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Code-point ranges, one a segment that it touches. */
  readonly parts: readonly Part[];
};

export type Part = { readonly segment: number; readonly from: number; readonly to: number };

/** In order of time. Topics, questions and steps are passages: a whole segment, or the part of it that is quoted. */
export function highlights(analysis: Analysis, segments: Segments): readonly Highlight[] {
  const found = [
    ...analysis.mentions.map((mention, index) => mentioned(mention, index, segments)),
    ...analysis.topics.flatMap((topic) => topic.passages.map((passage) => passaged("topic", topic.name, passage.segment, null, segments))),
    ...analysis.goodQuestions.map((one) => passaged("question", one.text, one.segment, one.text, segments)),
    ...analysis.nextSteps.map((one) => passaged("step", one.text, one.segment, one.text, segments)),
  ];
  const known = found.filter((one) => one.segment < segments.startsMs.length);
  return known.sort((a, b) => a.startMs - b.startMs || a.segment - b.segment);
}

function mentioned(mention: Analysis["mentions"][number], index: number, segments: Segments): Highlight {
  const { segment, endSegment, charStart, charEnd } = mention;
  const parts: Part[] = [];
  for (let at = segment; at <= endSegment; at++) {
    const length = codePoints(segments.texts[at] ?? "").length;
    parts.push({ segment: at, from: at === segment ? charStart : 0, to: at === endSegment ? charEnd : length });
  }
  return {
    id: `indicator-${index}`,
    kind: "indicator",
    group: mention.indicator,
    quote: mention.keyword,
    role: mention.role,
    segment,
    startMs: mention.startMs,
    endMs: mention.endMs,
    parts,
  };
}

function passaged(kind: Kind, group: string, segment: number, quote: string | null, segments: Segments): Highlight {
  const text = segments.texts[segment] ?? "";
  const at = quote ? text.indexOf(quote) : -1;
  const from = at < 0 ? 0 : codePoints(text.slice(0, at)).length;
  const to = at < 0 || !quote ? codePoints(text).length : from + codePoints(quote).length;
  return {
    id: `${kind}-${group}-${segment}`,
    kind,
    group,
    quote: quote ?? text,
    role: segments.roles[segment] ?? "OTHER",
    segment,
    startMs: segments.startsMs[segment] ?? 0,
    endMs: segments.endsMs[segment] ?? 0,
    parts: [{ segment, from, to }],
  };
}

/** How many there are of each kind. */
export function countKinds(list: readonly Highlight[]): Record<Kind, number> {
  const counts: Record<Kind, number> = { indicator: 0, topic: 0, question: 0, step: 0 };
  for (const one of list) counts[one.kind] += 1;
  return counts;
}

export type Group = { readonly name: string; readonly items: readonly Highlight[] };

/** Of one kind, by name, most passages first. */
export function groupsOf(list: readonly Highlight[], kind: Kind): readonly Group[] {
  const groups = new Map<string, Highlight[]>();
  for (const one of list) if (one.kind === kind) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return [...groups]
    .map(([name, items]) => ({ name, items }))
    .sort((a, b) => b.items.length - a.items.length || a.name.localeCompare(b.name));
}

/** The next one in a direction from a moment; round the end to the first. `activeId` breaks ties between those of the same moment. */
export function step(list: readonly Highlight[], activeId: string | null, ms: number, direction: 1 | -1): Highlight | null {
  if (list.length === 0) return null;
  const active = list.findIndex((one) => one.id === activeId);
  if (active >= 0) return list[(active + direction + list.length) % list.length] ?? null;
  const next = direction === 1 ? list.find((one) => one.startMs > ms) : list.findLast((one) => one.startMs < ms);
  return next ?? (direction === 1 ? list[0] : list.at(-1)) ?? null;
}
