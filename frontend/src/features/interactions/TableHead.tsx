import { Icon } from "@/components/Icon";
import { type Column, columnLabel } from "./columns";
import { HeadCheck } from "./RowCheck";
import { type SortName, sortOn, toSort } from "./search";
import { coverage } from "./selection";
import type { ListSelection } from "./useSelection";

type HeadProps = {
  readonly columns: readonly Column[];
  readonly sort: SortName;
  readonly chosen: ListSelection;
  readonly onSort: (sort: SortName) => void;
};

export function TableHead({ columns, sort, chosen, onSort }: HeadProps) {
  const present = toSort({ sort });
  return (
    <div role="rowgroup" className="sticky top-0 z-20">
      <div
        role="row"
        aria-rowindex={1}
        className={`relative grid h-8 grid-cols-(--columns) items-center border-b border-line bg-surface pr-5 text-meta text-ink-2 ${chosen.enabled ? "pl-11" : "pl-5"}`}
      >
        {chosen.enabled && (
          <div role="columnheader" className="absolute inset-y-0 left-0 flex w-10 items-center pl-5">
            <HeadCheck coverage={coverage(chosen.selection, chosen.order)} onTick={chosen.onTickLoaded} />
          </div>
        )}
        {columns.map((column) => {
          const sorted = column.sort === present.field;
          const order = present.direction === "ASC" ? "ascending" : "descending";
          return (
            <div
              key={column.name}
              role="columnheader"
              aria-sort={sorted ? order : undefined}
              className={`truncate ${sorted && !column.end ? "pr-1" : "pr-3"} ${column.end ? "text-right" : ""}`}
            >
              <HeadLabel
                column={column}
                sorted={sorted}
                ascending={present.direction === "ASC"}
                onPress={() => column.sort && onSort(sortOn(column.sort, sort))}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

type LabelProps = { readonly column: Column; readonly sorted: boolean; readonly ascending: boolean; readonly onPress: () => void };

function HeadLabel({ column, sorted, ascending, onPress }: LabelProps) {
  const label = columnLabel(column.name);
  if (column.name === "channel") return <span className="sr-only">{label}</span>;
  if (column.name === "language")
    return (
      <abbr title={label} className="no-underline">
        {label.slice(0, 4)}
      </abbr>
    );
  if (column.name === "indicators")
    return (
      <abbr title={label} className="no-underline">
        {label.slice(0, 3)}.
      </abbr>
    );
  if (!column.sort) return label;
  return (
    <button
      type="button"
      onClick={onPress}
      className={`inline-flex h-6 items-center gap-0.5 rounded-chip hover:text-ink focus-visible:-outline-offset-2 ${sorted ? "font-semibold text-ink" : ""}`}
    >
      {label}
      {sorted && column.name !== "time" && <Icon name={ascending ? "arrow-up" : "arrow-down"} size={11} />}
    </button>
  );
}
