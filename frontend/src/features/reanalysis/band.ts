/** Which versions made the figures of a window, laid out over its days. Pure. */
import { addDays } from "@/lib/format";
import type { VersionsInForceQuery } from "./__generated__";
import { type MadeDifference, madeDifferences, sameMaking } from "./settings-diff";

export type Version = VersionsInForceQuery["analysisVersions"][number];
export type Block = { readonly from: string; readonly to: string; readonly left: number; readonly width: number; readonly count: number };
export type Lane = {
  readonly version: Version;
  /** From the version of most conversations, which is none itself. */
  readonly apart: readonly MadeDifference[];
  readonly blocks: readonly Block[];
};
export type Window = { readonly from: string; readonly to: string };

const MOST_BLOCKS = 60;
const DAY_MS = 86_400_000;

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / DAY_MS);
}

/** From the first conversation to the last one. */
export function windowOf(versions: readonly Version[]): Window | null {
  const days = versions.flatMap((one) => [one.firstDay, one.lastDay]).sort();
  const [from, to] = [days[0], days.at(-1)];
  return from && to ? { from, to } : null;
}

/** Versions whose figures compare count as one: that of most conversations stands for them. The one of most conversations comes first. */
export function makings(versions: readonly Version[]): readonly Version[] {
  const sorted = [...versions].sort((a, b) => b.interactions - a.interactions);
  const found: Version[] = [];
  for (const version of sorted) {
    const at = found.findIndex((one) => sameMaking(one, version));
    const same = found[at];
    if (same) found[at] = joined(same, version);
    else found.push(version);
  }
  return found.sort((a, b) => b.interactions - a.interactions);
}

function joined(one: Version, other: Version): Version {
  const counts = new Map(one.days.map(({ day, interactions }) => [day, interactions]));
  for (const { day, interactions } of other.days) counts.set(day, (counts.get(day) ?? 0) + interactions);
  const days = [...counts].map(([day, interactions]) => ({ day, interactions })).sort((a, b) => (a.day < b.day ? -1 : 1));
  const ends = [one.firstDay, one.lastDay, other.firstDay, other.lastDay].sort();
  const [firstDay = one.firstDay, lastDay = one.lastDay] = [ends[0], ends.at(-1)];
  return { ...one, days, firstDay, lastDay, interactions: one.interactions + other.interactions };
}

/** A lane a making; left and width are shares of the window. */
export function lanes(versions: readonly Version[], { from, to }: Window): readonly Lane[] {
  const sorted = makings(versions);
  const main = sorted[0];
  const total = daysBetween(from, to) + 1;
  const step = Math.max(1, Math.ceil(total / MOST_BLOCKS));
  return sorted.map((version) => ({
    version,
    apart: main && version !== main ? madeDifferences(main, version) : [],
    blocks: blocks(version, from, step, total),
  }));
}

function blocks(version: Version, from: string, step: number, total: number): readonly Block[] {
  const counts = new Map<number, number>();
  for (const { day, interactions } of version.days) {
    const at = Math.floor(daysBetween(from, day) / step);
    counts.set(at, (counts.get(at) ?? 0) + interactions);
  }
  return [...counts].map(([at, count]) => {
    const last = Math.min(total, (at + 1) * step) - 1;
    return {
      from: addDays(from, at * step),
      to: addDays(from, last),
      left: (at * step) / total,
      width: (last + 1 - at * step) / total,
      count,
    };
  });
}
