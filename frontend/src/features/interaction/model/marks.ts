/** Highlights as marks above the waveform; those that would touch become one count. */
import { cluster } from "./cluster";
import type { Highlight } from "./highlights";
import { type TimeScale, xOf } from "./time-scale";

export type MarkGroup = { readonly x: number; readonly items: readonly Highlight[] };

export function markGroups(list: readonly Highlight[], scale: TimeScale, apartPx: number): readonly MarkGroup[] {
  const seen = list.filter((one) => one.startMs >= scale.fromMs && one.startMs <= scale.toMs);
  const anchorOf = (one: Highlight) => xOf(scale, one.startMs);
  const middle = (items: readonly Highlight[]) => (anchorOf(items[0] as Highlight) + anchorOf(items.at(-1) as Highlight)) / 2;
  const boxOf = (items: readonly Highlight[]) => ({ left: middle(items) - apartPx / 2, right: middle(items) + apartPx / 2 });
  return cluster(seen, { anchorOf, boxOf, closerThan: apartPx, gap: 0 }).map(({ items }) => ({ x: middle(items), items }));
}
