/** Names, choices and readable values of the filters. */

import { t } from "@/i18n";
import { dayShort, languageName } from "@/lib/format";
import type { InteractionFacetsQuery, InteractionStatus } from "./__generated__";
import {
  type ChoiceName,
  channels,
  directions,
  type FilterName,
  isRange,
  type ListSearch,
  listOf,
  parseDate,
  type Range,
  rangeOf,
  type SortName,
  statuses,
} from "./search";

export type Facets = InteractionFacetsQuery["interactionFacets"];
export type Choice = { readonly value: string; readonly label: string };

export function filterLabel(name: FilterName): string {
  const labels: Record<FilterName, string> = {
    agent: t("Agent"),
    team: t("Team"),
    queue: t("Queue"),
    channel: t("Channel"),
    direction: t("Direction"),
    language: t("Language"),
    date: t("Date"),
    duration: t("Duration"),
    engagement: t("Engagement"),
    sentiment: t("Sentiment"),
    status: t("Status"),
    indicator: t("Indicator"),
    topic: t("Topic"),
  };
  return labels[name];
}

export function statusLabel(status: InteractionStatus): string {
  const labels: Record<InteractionStatus, string> = {
    QUEUED: t("Queued"),
    DECODING: t("Decoding"),
    TRANSCRIBING: t("Transcribing"),
    ANALYSING: t("Analysing"),
    DONE: t("Done"),
    FAILED: t("Failed"),
    NOT_ANALYSED: t("Not analysed"),
  };
  return labels[status];
}

export function choices(name: ChoiceName, facets: Facets | undefined): readonly Choice[] {
  const named = (list: ReadonlyArray<{ readonly id: string; readonly name: string }> | undefined) =>
    (list ?? []).map(({ id, name: label }) => ({ value: id, label }));
  switch (name) {
    case "agent":
      return named(facets?.agents);
    case "team":
      return named(facets?.teams);
    case "queue":
      return named(facets?.queues);
    case "indicator":
      return named(facets?.indicators);
    case "topic":
      return named(facets?.topics);
    case "language":
      return (facets?.languages ?? []).map((code) => ({ value: code, label: languageName(code) }));
    case "channel":
      return channels.map((value) => ({ value, label: value === "VOICE" ? t("Voice") : t("Video") }));
    case "direction":
      return directions.map((value) => ({ value, label: value === "INBOUND" ? t("Inbound") : t("Outbound") }));
    case "status":
      return statuses.map((value) => ({ value, label: statusLabel(value) }));
  }
}

/** `Billing +2`, `Last 7 days`, `over 3 min`, `60 to 100`. */
export function valueText(name: FilterName, value: string, facets: Facets | undefined, today: string): string {
  if (name === "date") return describeDate(value, today);
  if (isRange(name)) return describeRange(rangeOf(name, value), name === "duration" ? t("min") : "");
  const values = listOf(value);
  const first = choices(name, facets).find((choice) => choice.value === values[0])?.label ?? "…";
  return values.length > 1 ? `${first} +${values.length - 1}` : first;
}

export function describeRange(range: Range | null, unit: string): string {
  const tail = unit && ` ${unit}`;
  if (range === null) return "";
  if (range.min === null) return t("up to {max}", { max: `${range.max}${tail}` });
  if (range.max === null) return t("from {min}", { min: `${range.min}${tail}` });
  return t("{min} to {max}", { min: range.min, max: `${range.max}${tail}` });
}

export function presetLabel(preset: string): string {
  const labels: Record<string, string> = {
    today: t("Today"),
    yesterday: t("Yesterday"),
    "7d": t("Last 7 days"),
    "30d": t("Last 30 days"),
    "90d": t("Last 90 days"),
  };
  return labels[preset] ?? "";
}

function describeDate(value: string, today: string): string {
  const days = parseDate(value, today);
  if (presetLabel(value) || !days) return presetLabel(value);
  if (days.from === null) return t("up to {day}", { day: dayShort(days.to ?? today, today) });
  if (days.to === null) return t("from {day}", { day: dayShort(days.from, today) });
  return days.from === days.to ? dayShort(days.from, today) : `${dayShort(days.from, today)} – ${dayShort(days.to, today)}`;
}

export function sortLabel(name: SortName): string {
  const labels: Record<SortName, string> = {
    newest: t("Newest first"),
    oldest: t("Oldest first"),
    longest: t("Longest first"),
    shortest: t("Shortest first"),
    engaged: t("Highest engagement"),
    unengaged: t("Lowest engagement"),
    positive: t("Most positive"),
    negative: t("Most negative"),
  };
  return labels[name];
}

/** Without any filter, sort and hidden columns kept. */
export function clearedFilters(search: ListSearch): ListSearch {
  return { ...(search.sort ? { sort: search.sort } : {}), ...(search.hide ? { hide: search.hide } : {}) };
}
