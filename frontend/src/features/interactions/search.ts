/**
 * The address of the list: `?agent=a,b&date=7d&duration=3..&sort=-duration&q=refund`. Every filter is one text value, so that an address
 * can be read, shared and typed; what cannot be understood is dropped rather than guessed.
 */

import { addDays } from "@/lib/format";
import type { Channel, Direction, InteractionFilter, InteractionSort, InteractionSortField, InteractionStatus } from "./__generated__";

export const choiceNames = ["agent", "team", "queue", "channel", "direction", "language", "status", "indicator", "topic"] as const;
export const rangeNames = ["duration", "engagement", "sentiment"] as const;
export const filterNames = [
  "date",
  "agent",
  "team",
  "queue",
  "channel",
  "direction",
  "language",
  "duration",
  "engagement",
  "sentiment",
  "topic",
  "indicator",
  "status",
] as const;

export type ChoiceName = (typeof choiceNames)[number];
export type RangeName = (typeof rangeNames)[number];
export type FilterName = (typeof filterNames)[number];

export const sortNames = ["newest", "oldest", "longest", "shortest", "engaged", "unengaged", "positive", "negative"] as const;
export type SortName = (typeof sortNames)[number];

export type ListSearch = { readonly [name in FilterName]?: string } & {
  readonly q?: string;
  readonly sort?: SortName;
  readonly hide?: string;
};

export type Range = { readonly min: number | null; readonly max: number | null };

export const channels: readonly Channel[] = ["VOICE", "VIDEO"];
export const directions: readonly Direction[] = ["INBOUND", "OUTBOUND"];
export const statuses: readonly InteractionStatus[] = ["QUEUED", "DECODING", "TRANSCRIBING", "ANALYSING", "DONE", "FAILED", "NOT_ANALYSED"];
export const datePresets = ["today", "yesterday", "7d", "30d", "90d"] as const;

const limits: Record<RangeName, number> = { duration: 24 * 60, engagement: 100, sentiment: 100 };

export function parseListSearch(raw: Record<string, unknown>): ListSearch {
  const search: Record<string, string> = {};
  for (const name of filterNames) {
    const value = typeof raw[name] === "string" ? normalise(name, raw[name]) : "";
    if (value) search[name] = value;
  }
  for (const name of ["q", "hide"]) {
    const value = raw[name];
    if (typeof value === "string" && value.trim()) search[name] = value.trim();
  }
  if (sortNames.some((name) => name === raw.sort && name !== "newest")) search.sort = String(raw.sort);
  return search;
}

function normalise(name: FilterName, value: string): string {
  if (name === "date") return parseDate(value, "2000-01-01") ? value : "";
  if (isRange(name)) return formatRange(parseRange(value, limits[name]));
  const values = listOf(value);
  if (name === "channel") return values.filter((one) => channels.some((known) => known === one)).join(",");
  if (name === "direction") return values.filter((one) => directions.some((known) => known === one)).join(",");
  if (name === "status") return values.filter((one) => statuses.some((known) => known === one)).join(",");
  return values.join(",");
}

export function isRange(name: FilterName): name is RangeName {
  return rangeNames.some((one) => one === name);
}

/** `a,b` → its distinct parts. */
export function listOf(value: string | undefined): readonly string[] {
  return [...new Set((value ?? "").split(",").filter(Boolean))];
}

/** `3..`, `..40`, `60..100`; out of bounds, backwards or empty is nothing. */
export function parseRange(value: string | undefined, limit: number): Range | null {
  const match = /^(\d+(?:\.\d+)?)?\.\.(\d+(?:\.\d+)?)?$/.exec(value ?? "");
  if (!match) return null;
  const min = match[1] === undefined ? null : Number(match[1]);
  const max = match[2] === undefined ? null : Number(match[2]);
  if ((min === null && max === null) || (min ?? 0) > limit || (max ?? 0) > limit || (min ?? 0) > (max ?? limit)) return null;
  return { min, max };
}

export function formatRange(range: Range | null): string {
  return range === null ? "" : `${range.min ?? ""}..${range.max ?? ""}`;
}

export function rangeOf(name: RangeName, value: string | undefined): Range | null {
  return parseRange(value, limits[name]);
}

/** A preset counted from today in the account's zone, or `2026-11-01..2026-11-24` with either end left out. */
export function parseDate(value: string, today: string): { readonly from: string | null; readonly to: string | null } | null {
  if (value === "today") return { from: today, to: today };
  if (value === "yesterday") return { from: addDays(today, -1), to: addDays(today, -1) };
  const days = /^(7|30|90)d$/.exec(value)?.[1];
  if (days) return { from: addDays(today, 1 - Number(days)), to: today };
  const match = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/.exec(value);
  if (!match || (!match[1] && !match[2]) || ![match[1], match[2]].every((day) => !day || isDay(day))) return null;
  return match[1] && match[2] && match[1] > match[2] ? null : { from: match[1] ?? null, to: match[2] ?? null };
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T12:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** What the server is asked. `today` is the day in the account's zone. */
export function toFilter(search: ListSearch, today: string): InteractionFilter {
  const ids = (name: ChoiceName) => (search[name] ? listOf(search[name]) : undefined);
  const score = (name: RangeName) => optional(rangeOf(name, search[name]), (value) => value);
  const minutes = optional(rangeOf("duration", search.duration), (value) => Math.round(value * 60_000));
  const days = search.date ? parseDate(search.date, today) : null;
  return compact({
    agents: ids("agent"),
    teams: ids("team"),
    queues: ids("queue"),
    channels: ids("channel") as readonly Channel[] | undefined,
    directions: ids("direction") as readonly Direction[] | undefined,
    languages: ids("language"),
    statuses: ids("status") as readonly InteractionStatus[] | undefined,
    indicators: ids("indicator"),
    topics: ids("topic"),
    from: days?.from ?? undefined,
    to: days?.to ?? undefined,
    engagementScore: score("engagement"),
    sentimentScore: score("sentiment"),
    durationMs: minutes,
    text: search.q,
  });
}

function optional(range: Range | null, unit: (value: number) => number): { min?: number; max?: number } | undefined {
  if (range === null) return undefined;
  return { ...(range.min === null ? {} : { min: unit(range.min) }), ...(range.max === null ? {} : { max: unit(range.max) }) };
}

function compact(filter: { [name in keyof InteractionFilter]?: InteractionFilter[name] | undefined }): InteractionFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as InteractionFilter;
}

const sorts: Record<SortName, readonly [InteractionSortField, "ASC" | "DESC"]> = {
  newest: ["STARTED_AT", "DESC"],
  oldest: ["STARTED_AT", "ASC"],
  longest: ["DURATION", "DESC"],
  shortest: ["DURATION", "ASC"],
  engaged: ["ENGAGEMENT_SCORE", "DESC"],
  unengaged: ["ENGAGEMENT_SCORE", "ASC"],
  positive: ["SENTIMENT_SCORE", "DESC"],
  negative: ["SENTIMENT_SCORE", "ASC"],
};

export function toSort(search: ListSearch): InteractionSort {
  const [field, direction] = sorts[search.sort ?? "newest"];
  return { field, direction };
}

/** The other way round for a second click on the same column head. */
export function sortOn(field: InteractionSortField, present: SortName): SortName {
  const names = sortNames.filter((name) => sorts[name][0] === field);
  const index = names.indexOf(present);
  return names[(index + 1) % names.length] ?? "newest";
}

export function byTime(search: ListSearch): boolean {
  return toSort(search).field === "STARTED_AT";
}

export function isFiltered(search: ListSearch): boolean {
  return Boolean(search.q) || filterNames.some((name) => search[name]);
}
