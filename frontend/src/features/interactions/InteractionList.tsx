import { type CSSProperties, lazy, type ReactNode, Suspense, useRef } from "react";
import { ErrorPanel } from "@/components/Panel";
import { useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { number } from "@/lib/format";
import type { InteractionFilter } from "./__generated__";
import { template } from "./columns";
import { Lines } from "./Lines";
import { ScrollLabel } from "./ScrollLabel";
import { byTime, isFiltered, type ListSearch, type SortName } from "./search";
import { countOf, isEmpty } from "./selection";
import { CardSkeletons, NoInteractions, NoMatch, RowSkeletons } from "./states";
import { TableHead } from "./TableHead";
import { useCursor } from "./useCursor";
import { type InteractionList as List, useLiveNews } from "./useInteractionList";
import { useListView } from "./useListView";
import type { ListSelection } from "./useSelection";

// What only some readers see, and only once they have chosen rows.
const BulkBar = lazy(async () => ({ default: (await import("./BulkBar")).BulkBar }));

type Props = {
  readonly list: List;
  readonly chosen: ListSelection;
  readonly filter: InteractionFilter;
  readonly search: ListSearch;
  readonly today: string;
  readonly onSort: (sort: SortName) => void;
  readonly onClear: () => void;
};

/** The scrolling part of the page: head, days, rows or cards, and what stands there while or where there are none. */
export function InteractionList({ list, chosen, filter, search, today, onSort, onClear }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const barred = chosen.enabled && !isEmpty(chosen.selection) && list.rows.length > 0;
  const view = useListView({ list, scroller, byTime: byTime(search), hide: search.hide, selectable: chosen.enabled, barred });
  const cursor = useCursor(list, view, chosen);
  const news = useLiveNews(list, view.atTop);
  const slow = useSlow(list.loading);
  const empty = !list.loading && !list.error && list.rows.length === 0;
  const failed = list.error && list.rows.length === 0;
  const style = { "--columns": template(view.columns) } as CSSProperties;
  const showNews = () => {
    view.virtualizer.scrollToOffset(0);
    news.show();
  };
  return (
    <div className="relative min-h-0 flex-1">
      {news.waiting && (
        <button
          type="button"
          onClick={showNews}
          className="animate-pop absolute top-11 left-1/2 z-30 h-8 -translate-x-1/2 rounded-full bg-ink px-4 font-medium text-on-ink shadow-3 touch:h-11"
        >
          {t("New interactions · Show")}
        </button>
      )}
      <ScrollLabel view={view} total={list.total} today={today} />
      <div
        ref={scroller}
        className={`h-full overflow-y-auto overflow-x-hidden overscroll-contain motion-fade ${list.dimmed ? "opacity-60" : ""}`}
        style={style}
      >
        <Frame cards={view.cards} rows={list.total ?? list.rows.length} busy={list.dimmed || list.loading}>
          {!view.cards && !empty && !failed && (
            <TableHead columns={view.columns} sort={search.sort ?? "newest"} chosen={chosen} onSort={onSort} />
          )}
          {slow && (view.cards ? <CardSkeletons /> : <RowSkeletons columns={view.columns} selectable={view.selectable} />)}
          <Lines view={view} cursor={cursor} chosen={chosen} today={today} />
        </Frame>
        {list.error && <ErrorPanel message={errorMessage(list.error)} onRetry={list.source.retry} />}
        {empty && (isFiltered(search) ? <NoMatch text={search.q} onClear={onClear} /> : <NoInteractions />)}
      </div>
      {chosen.enabled && (
        <output className="sr-only">{barred && t("{count} selected", { count: number(countOf(chosen.selection, list.total)) })}</output>
      )}
      {barred && (
        <Suspense>
          <BulkBar chosen={chosen} total={list.total} filter={filter} filtered={isFiltered(search)} />
        </Suspense>
      )}
    </div>
  );
}

type FrameProps = { readonly cards: boolean; readonly rows: number; readonly busy: boolean; readonly children: ReactNode };

/** A table to assistive technology; cards on a phone are articles under headings. */
function Frame({ cards, rows, busy, children }: FrameProps) {
  if (cards) return <div aria-busy={busy}>{children}</div>;
  return (
    <div role="table" aria-label={t("Interactions")} aria-rowcount={rows + 1} aria-busy={busy}>
      {children}
    </div>
  );
}
