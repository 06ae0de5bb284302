import type { VirtualItem } from "@tanstack/react-virtual";
import { memo } from "react";
import { Card } from "./Card";
import { dayNames } from "./items";
import { isChosen } from "./selection";
import { CardSkeleton, RowSkeleton } from "./states";
import { TableRow } from "./TableRow";
import type { useCursor } from "./useCursor";
import type { ListView } from "./useListView";
import type { ListSelection } from "./useSelection";

type Props = {
  readonly view: ListView;
  readonly cursor: ReturnType<typeof useCursor>;
  readonly chosen: ListSelection;
  readonly today: string;
};
type LineProps = Props & { readonly line: VirtualItem; readonly tabStop: number };

const MemoRow = memo(TableRow);
const MemoCard = memo(Card);

/** Only the lines in sight, each at its place. */
export function Lines({ view, cursor, chosen, today }: Props) {
  const { virtualizer, cards } = view;
  const margin = virtualizer.options.scrollMargin;
  const tabStop = tabStopOf(view, cursor.cursor);
  return (
    <div role={cards ? undefined : "rowgroup"} className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((line) => (
        <div
          key={line.key}
          role={cards ? undefined : "presentation"}
          data-index={line.index}
          ref={cards ? virtualizer.measureElement : undefined}
          className="absolute inset-x-0 top-0"
          style={{ transform: `translateY(${line.start - margin}px)` }}
        >
          <Line line={line} view={view} cursor={cursor} chosen={chosen} today={today} tabStop={tabStop} />
        </div>
      ))}
    </div>
  );
}

function Line({ line, view, cursor, chosen, today, tabStop }: LineProps) {
  const item = view.items[line.index];
  if (!item) return view.cards ? <CardSkeleton /> : <RowSkeleton columns={view.columns} selectable={view.selectable} />;
  if (item.kind === "day")
    return <DayHeader day={item.day} today={today} cards={view.cards} span={view.columns.length + Number(view.selectable)} />;
  const { row, index } = item;
  const shared = {
    row,
    index,
    dated: view.dated,
    isCursor: cursor.cursor === index,
    takeFocus: cursor.takeFocus,
    onCursor: cursor.setCursor,
    checked: view.selectable ? isChosen(chosen.selection, row.id) : null,
    onTick: chosen.onTick,
  };
  if (view.cards) return <MemoCard {...shared} width={view.width} />;
  return <MemoRow {...shared} columns={view.columns} topicsWidth={view.topicsWidth} isTabStop={tabStop === index} />;
}

type DayProps = { readonly day: string; readonly today: string; readonly cards: boolean; readonly span: number };

function DayHeader({ day, today, cards, span }: DayProps) {
  const { name, date } = dayNames(day, today);
  const text = (
    <>
      {name && <span className="mr-2 font-semibold text-ink">{name}</span>}
      <span className={name ? "" : "font-medium text-ink"}>{date}</span>
    </>
  );
  const look = "flex h-7 items-center border-b border-line bg-canvas px-4 text-meta text-ink-2 md:px-5";
  if (cards) return <h2 className={look}>{text}</h2>;
  return (
    <div role="row" className={look}>
      <div role="cell" aria-colspan={span}>
        {text}
      </div>
    </div>
  );
}

/** Tab reaches the row under the cursor, or the first that is there where that one is out of sight. */
function tabStopOf(view: ListView, cursor: number | null): number {
  const drawn = view.virtualizer.getVirtualItems().flatMap(({ index }) => {
    const item = view.items[index];
    return item?.kind === "row" ? [item.index] : [];
  });
  return cursor !== null && drawn.includes(cursor) ? cursor : (drawn[0] ?? 0);
}
