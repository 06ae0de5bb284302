/** The lines of the list: rows, and a header before each day where the list is sorted by time. */

import { t } from "@/i18n";
import { addDays, dayLong } from "@/lib/format";
import type { InteractionRowFragment } from "./__generated__";

export type Row = InteractionRowFragment;
export type Item = { readonly kind: "day"; readonly day: string } | { readonly kind: "row"; readonly row: Row; readonly index: number };

export function toItems(rows: readonly Row[], byTime: boolean): readonly Item[] {
  const items: Item[] = [];
  rows.forEach((row, index) => {
    if (byTime && row.day !== rows[index - 1]?.day) items.push({ kind: "day", day: row.day });
    items.push({ kind: "row", row, index });
  });
  return items;
}

/** `Today`, `Yesterday` or nothing, before the date in full. */
export function dayNames(day: string, today: string): { readonly name: string | null; readonly date: string } {
  const name = day === today ? t("Today") : day === addDays(today, -1) ? t("Yesterday") : null;
  return { name, date: dayLong(day, today) };
}
