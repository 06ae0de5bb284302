import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo, useState } from "react";
import { fitColumns, widthOf } from "./columns";
import { type Item, toItems } from "./items";
import type { InteractionList } from "./useInteractionList";

export const headHeight = 32;
const rowHeight = 40;
const dayHeight = 28;
const cardHeight = 122;
/** Below this width a row is a card. */
const cardsBelow = 640;
const gutters = 40;
/** What the column of checkboxes takes beside the gutter that it also fills. */
const selectWidth = 24;
/** Room below the last line for the bar of what can be done with many. */
const barHeight = 84;

export type ListView = ReturnType<typeof useListView>;
export type ListVirtualizer = Virtualizer<HTMLDivElement, Element>;

type Options = {
  readonly list: InteractionList;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly byTime: boolean;
  readonly hide: string | undefined;
  readonly selectable: boolean;
  /** Whether the bar floats above the end of the list. */
  readonly barred: boolean;
};

/** Geometry of the list: which columns fit, which lines are in sight, when the next page is due. */
export function useListView({ list, scroller, byTime, hide, selectable, barred }: Options) {
  const width = useWidth(scroller);
  const cards = width < cardsBelow;
  const items = useMemo(() => toItems(list.rows, byTime), [list.rows, byTime]);
  const room = width - gutters - (selectable ? selectWidth : 0);
  const columns = useMemo(() => fitColumns(room, hide, !byTime), [room, hide, byTime]);
  const waiting = list.hasMore || list.loadingMore ? 3 : 0;
  const virtualizer: ListVirtualizer = useVirtualizer({
    count: items.length + waiting,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === "day" ? dayHeight : cards ? cardHeight : rowHeight),
    getItemKey: (index) => keyOf(items[index], index),
    overscan: 8,
    isScrollingResetDelay: 700,
    initialOffset: () => list.place.offset,
    scrollMargin: cards ? 0 : headHeight,
    scrollPaddingStart: cards ? 0 : headHeight,
    paddingEnd: barred ? barHeight : 0,
    scrollPaddingEnd: barred ? barHeight : 0,
    onChange: ({ scrollOffset }) => {
      list.place.offset = scrollOffset ?? 0;
    },
  });
  const remeasure = cards ? width : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other widths make other heights
  useEffect(() => virtualizer.measure(), [cards, remeasure]);
  const lastInSight = virtualizer.getVirtualItems().at(-1)?.index ?? 0;
  const nearEnd = items.length > 0 && lastInSight >= items.length - 12;
  const { source } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that has come in may leave the end still in sight
  useEffect(() => {
    if (nearEnd) source.more();
  }, [nearEnd, source, items.length]);
  const topicsWidth = widthOf("topics", columns, room);
  return {
    width,
    cards,
    selectable,
    dated: !byTime,
    items,
    columns,
    virtualizer,
    topicsWidth,
    atTop: (virtualizer.scrollOffset ?? 0) < rowHeight,
  };
}

function keyOf(item: Item | undefined, index: number): string {
  if (!item) return `waiting-${index}`;
  return item.kind === "day" ? item.day : item.row.id;
}

function useWidth(element: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(() => (typeof innerWidth === "number" && innerWidth < 768 ? innerWidth : 1200));
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    setWidth(target.clientWidth || 1200);
    const observer = new ResizeObserver(() => setWidth(target.clientWidth || 1200));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
