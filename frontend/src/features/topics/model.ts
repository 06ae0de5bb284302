/** A topic while it is written: its sentences one by one, what has changed, and what goes to the server. */
import { t } from "@/i18n";
import { dayLong, number } from "@/lib/format";
import type { GuidingSentenceInput, TopicDetailFragment, TopicPreviewQuery, TopicsQuery } from "./__generated__";

export type Topic = TopicDetailFragment;
export type Bounds = TopicsQuery["topicDefinitions"];
export type Preview = TopicPreviewQuery["topicPreview"];
export type Remark = Preview["remarks"][number];
export type Passage = Preview["found"][number];

export type Line = {
  readonly key: number;
  readonly text: string;
  /** Empty: found out. */
  readonly language: string;
  /** One's own English, or what is saved. */
  readonly english: string;
  /** What the server knows of it, while it is as saved. */
  readonly saved: Topic["sentences"][number] | null;
};

export type Draft = { readonly name: string; readonly lines: readonly Line[] };

let lastKey = 0;
export const blank = (text = "", language = ""): Line => ({ key: ++lastKey, text, language, english: "", saved: null });

/** As saved; for a new topic, room for the fewest sentences that it needs. */
export function draftOf(topic: Topic | null, least: number): Draft {
  if (!topic) return { name: "", lines: Array.from({ length: least }, () => blank()) };
  const lines = topic.sentences.map((saved) => ({ ...blank(saved.text, saved.language), english: saved.english ?? "", saved }));
  return { name: topic.name, lines };
}

/** What one pastes or drops: a sentence a line, without bullets, numbers and quotation marks around it. */
export function sentencesIn(text: string): readonly string[] {
  return text
    .split(/\r?\n|\t/)
    .map((line) => line.trim().replace(/^(?:[-*•–]|\d{1,3}[.)])\s+/, ""))
    .map((line) => line.replace(/^["“„«](.*)["”“»],?$/, "$1").trim())
    .filter(Boolean);
}

/** The lines with the sentences put in at one of them, whose own text gives way where it is empty. */
export function pasted(lines: readonly Line[], at: number, texts: readonly string[], language: string): readonly Line[] {
  const here = lines[at];
  const known = new Set(lines.map((line) => line.text.trim().toLocaleLowerCase()));
  const fresh = texts.filter((text) => !known.has(text.toLocaleLowerCase())).map((text) => blank(text, language));
  const rest = lines.slice(at + 1);
  const head = here && !here.text.trim() ? lines.slice(0, at) : lines.slice(0, at + 1);
  const empty = rest.filter((line) => !line.text.trim()).slice(0, fresh.length);
  return [...head, ...fresh, ...rest.filter((line) => !empty.includes(line))];
}

/** A line that somebody has changed: what the server said of it no longer holds. */
export function edited(line: Line, change: Partial<Pick<Line, "text" | "language" | "english">>): Line {
  const next = { ...line, ...change };
  const same = line.saved && next.text === line.saved.text && next.language === line.saved.language;
  // A translation belongs to the text that it was made from.
  const english = same || "english" in change || !line.saved ? next.english : "";
  return { ...next, english, saved: same ? line.saved : null };
}

export const filled = (draft: Draft) => draft.lines.filter((line) => line.text.trim());

export function inputs(draft: Draft): GuidingSentenceInput[] {
  return filled(draft).map(({ text, language, english, saved }) => {
    const own = english.trim() && english.trim() !== (saved?.english ?? "");
    return { text: text.trim(), ...(language ? { language } : {}), ...(own && language !== "en" ? { english: english.trim() } : {}) };
  });
}

export function isChanged(draft: Draft, topic: Topic | null): boolean {
  const before = topic ? topic.sentences : [];
  const now = filled(draft);
  if (draft.name.trim() !== (topic?.name ?? "") || now.length !== before.length) return true;
  return now.some((line, place) => {
    const saved = before[place];
    return line.text.trim() !== saved?.text || line.language !== saved.language || line.english.trim() !== (saved.english ?? "");
  });
}

/** Places of the server's answer, which count the filled sentences, to keys of lines. */
export function byLine(draft: Draft, remarks: readonly Remark[]): ReadonlyMap<number, readonly Remark[]> {
  const lines = filled(draft);
  const found = new Map<number, Remark[]>();
  for (const remark of remarks) {
    const key = lines[remark.sentence]?.key;
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), remark]);
  }
  return found;
}

/** How sure recognition is with so many sentences, in a sentence. */
export function adviceFor(count: number, { leastSentences, measuredSentences }: Bounds): string {
  const [some = 10, many = 20] = measuredSentences;
  if (count < leastSentences) return t("At least {least} sentences that differ in what they say.", { least: leastSentences });
  if (count < some) return t("More make it surer: it was measured with {some} and with {many}.", { some, many });
  if (count < many) return t("Enough to rely on; with {many}, about one passage in twenty more is found.", { many });
  return t("As many as it was measured with.");
}

/** The topics of which some conversations' analyses know an older version. */
export function behind(topics: readonly Topic[]): readonly Topic[] {
  return topics.filter((topic) => topic.applied.conversations < topic.applied.of);
}

export function appliedLabel(topic: Topic, today: string): string {
  const { conversations, of, firstDay, lastDay } = topic.applied;
  if (of === 0) return t("Nothing has been analysed yet.");
  if (conversations === 0) return t("No conversation has been analysed with it as it is now.");
  const days = { first: firstDay ? dayLong(firstDay, today) : "", last: lastDay ? dayLong(lastDay, today) : "" };
  if (conversations === of) return t("Applied to all conversations, {first} to {last}.", days);
  const counts = { conversations: number(conversations), of: number(of) };
  return t("Applied to {conversations} of {of} conversations, {first} to {last}.", { ...counts, ...days });
}

export function waitingFor(topic: Topic): number {
  return topic.sentences.filter(({ translation }) => translation === "WAITING" || translation === "NO_MODEL").length;
}
