/** Settings and models as they were stored with an analysis: any JSON, shown flat, with units where the name tells them. */
import { number, span } from "@/lib/format";

export type SettingRow = { readonly name: string; readonly value: string };

export function settingRows(settings: unknown): readonly SettingRow[] {
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) return [];
  return Object.entries(settings).flatMap(([key, value]) => rowsOf(key, value));
}

function rowsOf(key: string, value: unknown): readonly SettingRow[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return [{ name: nameOf(key), value: number(value.length) }];
  if (typeof value === "object") return settingRows(value).map((row) => ({ ...row, name: `${nameOf(key)}: ${row.name.toLowerCase()}` }));
  if (typeof value === "number")
    return [{ name: nameOf(key), value: key.endsWith("_ms") || key.endsWith("Ms") ? span(value) : plain(value) }];
  return [{ name: nameOf(key), value: String(value) }];
}

const plain = (value: number) => number(value, Number.isInteger(value) ? 0 : Math.min(4, String(value).split(".")[1]?.length ?? 0));

/** `engagement_balance_weight` → `Engagement balance weight`; the unit goes to the value. */
function nameOf(key: string): string {
  const words = key
    .replace(/(_ms|Ms)$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
