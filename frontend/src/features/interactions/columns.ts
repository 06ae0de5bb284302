/** Which columns there are, and which of them fit. */

import { t } from "@/i18n";
import type { InteractionSortField } from "./__generated__";
import { listOf } from "./search";

export type ColumnName =
  | "number"
  | "agent"
  | "team"
  | "consumer"
  | "queue"
  | "channel"
  | "time"
  | "length"
  | "language"
  | "engagement"
  | "sentiment"
  | "topics"
  | "indicators";

export type Column = {
  readonly name: ColumnName;
  /** Least width in px, gap included. */
  readonly width: number;
  /** Share of what is left over. */
  readonly grow: number;
  /** The lowest go first where there is no room; null stays always. */
  readonly rank: number | null;
  readonly sort?: InteractionSortField;
  readonly end?: boolean;
};

/** In the order of the screen. */
export const columns: readonly Column[] = [
  { name: "number", width: 84, grow: 0, rank: null },
  { name: "agent", width: 144, grow: 0.8, rank: null },
  { name: "consumer", width: 124, grow: 0.8, rank: 5 },
  { name: "queue", width: 104, grow: 1, rank: 4 },
  { name: "team", width: 96, grow: 0.5, rank: 0 },
  { name: "channel", width: 36, grow: 0, rank: 3 },
  { name: "time", width: 52, grow: 0, rank: null, sort: "STARTED_AT", end: true },
  { name: "length", width: 76, grow: 0, rank: 7, sort: "DURATION", end: true },
  { name: "language", width: 44, grow: 0, rank: 2 },
  { name: "engagement", width: 92, grow: 0, rank: null, sort: "ENGAGEMENT_SCORE" },
  { name: "sentiment", width: 108, grow: 0, rank: null, sort: "SENTIMENT_SCORE" },
  { name: "topics", width: 176, grow: 3, rank: 6 },
  { name: "indicators", width: 44, grow: 0, rank: 1, end: true },
];

export function columnLabel(name: ColumnName): string {
  const labels: Record<ColumnName, string> = {
    number: t("Interaction"),
    agent: t("Agent"),
    team: t("Team"),
    consumer: t("Consumer"),
    queue: t("Queue"),
    channel: t("Channel"),
    time: t("Time"),
    length: t("Length"),
    language: t("Language"),
    engagement: t("Engagement"),
    sentiment: t("Sentiment"),
    topics: t("Topics"),
    indicators: t("Indicators"),
  };
  return labels[name];
}

/** Columns that a reader may take away, in `?hide=`. Team is hidden until asked for, so it is named with a `+`. */
export function isShown(name: ColumnName, hide: string | undefined): boolean {
  const marks = listOf(hide);
  return name === "team" ? marks.includes("+team") : !marks.includes(name);
}

export function toggleColumn(name: ColumnName, hide: string | undefined): string {
  const mark = name === "team" ? "+team" : name;
  const marks = listOf(hide);
  return (marks.includes(mark) ? marks.filter((one) => one !== mark) : [...marks, mark]).join(",");
}

/** A time that needs its date beside it, where the list is in another order than that of time. */
const datedWidth = 104;

/** The columns that stand in `width` px, least important ones given up first. `dated`: times are shown with their day. */
export function fitColumns(width: number, hide: string | undefined, dated = false): readonly Column[] {
  let shown = columns
    .filter((column) => column.rank === null || isShown(column.name, hide))
    .map((column) => (dated && column.name === "time" ? { ...column, width: datedWidth } : column));
  const total = () => shown.reduce((sum, column) => sum + column.width, 0);
  while (total() > width) {
    const ranks = shown.flatMap((column) => (column.rank === null ? [] : [column.rank]));
    if (ranks.length === 0) break;
    const least = Math.min(...ranks);
    shown = shown.filter((column) => column.rank !== least);
  }
  return shown;
}

/** Value of `grid-template-columns`. Where nothing grows, the last column takes what is left. */
export function template(shown: readonly Column[]): string {
  const grows = shown.some((column) => column.grow > 0);
  const track = (column: Column) => (column.grow ? `minmax(${column.width}px, ${column.grow}fr)` : `${column.width}px`);
  return shown.map(track).join(" ") + (grows ? "" : " 1fr");
}

/** Width in px that a growing column gets. */
export function widthOf(name: ColumnName, shown: readonly Column[], width: number): number {
  const column = shown.find((one) => one.name === name);
  if (!column) return 0;
  const spare = Math.max(0, width - shown.reduce((sum, one) => sum + one.width, 0));
  const grow = shown.reduce((sum, one) => sum + one.grow, 0);
  return column.width + (grow ? (spare * column.grow) / grow : 0);
}

/** How many chips stand in `width` px beside the "+2" that opens the rest; at least one. Inter 12/500 is about 6.6 px a character. */
export function fitChips(names: readonly string[], width: number): number {
  const chip = (name: string) => name.length * 6.6 + 12 + 4;
  let used = 0;
  for (const [index, name] of names.entries()) {
    used += chip(name);
    const rest = index < names.length - 1 ? 34 : 0;
    if (used + rest > width) return Math.max(1, index);
  }
  return names.length;
}
