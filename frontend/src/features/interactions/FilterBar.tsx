import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuTrigger } from "@/components/Menu";
import { t } from "@/i18n";
import { FilterChip } from "./FilterChip";
import { type Facets, filterLabel } from "./filters";
import { type FilterName, filterNames, isFiltered, type ListSearch } from "./search";
import { ColumnsMenu, SortMenu } from "./ViewMenus";

const ColumnsExplained = lazy(async () => ({ default: (await import("@/features/reanalysis/ColumnsExplained")).ColumnsExplained }));

type Props = {
  readonly search: ListSearch;
  readonly facets: Facets | undefined;
  readonly today: string;
  readonly onChange: (change: Partial<Record<keyof ListSearch, string>>) => void;
  readonly onClear: () => void;
};

/** The filters in force as chips, the way to add one, and how the list is shown. On a phone the row scrolls sideways. */
export function FilterBar({ search, facets, today, onChange, onClear }: Props) {
  const [pending, setPending] = useState<FilterName | null>(null);
  const shown = filterNames.filter((name) => search[name] || name === pending);
  const free = filterNames.filter((name) => !search[name]);
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4 md:px-5">
      <div className="flex min-w-0 flex-1 items-center gap-2 overflow-x-auto py-2 [scrollbar-width:none]">
        <ul aria-label={t("Filters")} className="contents">
          {shown.map((name) => (
            <FilterChip
              key={name}
              name={name}
              value={search[name] ?? ""}
              facets={facets}
              today={today}
              startsOpen={name === pending}
              onChange={(value) => onChange({ [name]: value })}
              onClosed={() => setPending((one) => (one === name ? null : one))}
            />
          ))}
        </ul>
        <MenuTrigger>
          <Button size="small" variant="ghost" className="border border-dashed border-line-3">
            <Icon name="plus" size={13} />
            {t("Filter")}
          </Button>
          <Menu aria-label={t("Add a filter")} onAction={(key) => setPending(key as FilterName)} items={free.map((id) => ({ id }))}>
            {({ id }) => <MenuItem id={id}>{filterLabel(id)}</MenuItem>}
          </Menu>
        </MenuTrigger>
        {isFiltered(search) && (
          <Button size="small" variant="ghost" onPress={onClear}>
            {t("Clear")}
          </Button>
        )}
      </div>
      <SortMenu sort={search.sort ?? "newest"} onChange={(sort) => onChange({ sort: sort === "newest" ? "" : sort })} />
      <ColumnsMenu hide={search.hide} onChange={(hide) => onChange({ hide })} />
      <Suspense fallback={<span className="size-8 touch:size-11" />}>
        <ColumnsExplained />
      </Suspense>
    </div>
  );
}
