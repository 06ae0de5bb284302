import { t } from "@/i18n";
import { dayShort, number } from "@/lib/format";
import type { ListView } from "./useListView";

type Props = { readonly view: ListView; readonly total: number | null; readonly today: string };

/** Where the reader is while scrolling: `1 to 17 of 12,486 · 24 Nov`. */
export function ScrollLabel({ view, total, today }: Props) {
  const { virtualizer, items } = view;
  const range = virtualizer.range;
  const inSight = range ? items.slice(range.startIndex, range.endIndex + 1).flatMap((item) => (item.kind === "row" ? [item] : [])) : [];
  const [first, last] = [inSight[0], inSight.at(-1)];
  if (!first || !last) return null;
  const place = t("{first} to {last} of {total}", {
    first: number(first.index + 1),
    last: number(last.index + 1),
    total: total === null ? "…" : number(total),
  });
  return (
    <p
      aria-hidden="true"
      className={`figures pointer-events-none absolute top-10 right-4 z-30 rounded-field border border-line bg-raised px-2.5 py-1 text-meta shadow-2 motion-fade ${virtualizer.isScrolling ? "" : "opacity-0"}`}
    >
      {place} <span className="text-ink-3">· {dayShort(first.row.day, today)}</span>
    </p>
  );
}
