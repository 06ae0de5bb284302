/** The audit page's address: each filter by name, days in the account's time zone. Pure. */

import { isDay, startOfDay } from "@/lib/days";
import { addDays } from "@/lib/format";
import type { AuditFilter } from "./__generated__";

export type AuditSearch = {
  readonly q?: string;
  readonly action?: string;
  readonly type?: string;
  readonly actor?: string;
  readonly from?: string;
  readonly to?: string;
};

const names = ["q", "action", "type", "actor", "from", "to"] as const;

export function parseAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const given = names.flatMap((name) => {
    const value = raw[name];
    const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
    if (!text || ((name === "from" || name === "to") && !isDay(text))) return [];
    return [[name, text]];
  });
  return Object.fromEntries(given);
}

export const isFiltered = (search: AuditSearch): boolean => names.some((name) => search[name]);

/** Both days are included. */
export function toFilter(search: AuditSearch, zone: string): AuditFilter {
  return {
    ...(search.q ? { text: search.q } : {}),
    ...(search.action ? { action: search.action } : {}),
    ...(search.type ? { objectType: search.type } : {}),
    ...(search.actor ? { actor: search.actor } : {}),
    ...(search.from ? { from: startOfDay(search.from, zone) } : {}),
    ...(search.to ? { to: startOfDay(addDays(search.to, 1), zone) } : {}),
  };
}

/** Where the same entries can be had as a file. */
export function exportAddress(kind: "csv" | "jsonl", search: AuditSearch, zone: string): string {
  const params = new URLSearchParams(Object.entries(toFilter(search, zone)) as [string, string][]);
  const query = params.toString();
  return `/account/audit.${kind}${query ? `?${query}` : ""}`;
}
