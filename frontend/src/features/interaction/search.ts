/** The page's place in its address: `?t=95.2&tab=details&q=refund&read=both`. */

export type DetailSearch = { readonly t?: number; readonly tab?: "details"; readonly q?: string; readonly read?: "english" | "both" };

export function parseDetailSearch(raw: Record<string, unknown>): DetailSearch {
  const seconds = raw.t === undefined || raw.t === "" ? Number.NaN : Number(raw.t);
  return {
    ...(Number.isFinite(seconds) && seconds >= 0 ? { t: seconds } : {}),
    ...(raw.tab === "details" ? { tab: "details" as const } : {}),
    ...(raw.read === "english" || raw.read === "both" ? { read: raw.read } : {}),
    ...(typeof raw.q === "string" && raw.q ? { q: raw.q } : {}),
  };
}

/** Seconds with at most three digits behind the point, as they stand in a link. */
export function toSeconds(ms: number): number {
  return Math.round(ms) / 1000;
}
