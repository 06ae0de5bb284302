import { Icon } from "@/components/Icon";
import { type Column, columnLabel } from "./columns";
import { type SortName, sortOn, toSort } from "./search";

type HeadProps = { readonly columns: readonly Column[]; readonly sort: SortName; readonly onSort: (sort: SortName) => void };

export function TableHead({ columns, sort, onSort }: HeadProps) {
  const present = toSort({ sort });
  return (
    <div role="rowgroup" className="sticky top-0 z-20">
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-8 grid-cols-(--columns) items-center border-b border-line bg-surface px-5 text-meta text-ink-2"
      >
        {columns.map((column) => {
          const sorted = column.sort === present.field;
          const order = present.direction === "ASC" ? "ascending" : "descending";
          return (
            <div
              key={column.name}
              role="columnheader"
              aria-sort={sorted ? order : undefined}
              className={`truncate pr-3 ${column.end ? "text-right" : ""}`}
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
