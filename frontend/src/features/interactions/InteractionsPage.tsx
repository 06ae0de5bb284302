import { lazy, Suspense, useCallback, useMemo } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { t } from "@/i18n";
import { dayOf } from "@/lib/format";
import { mayAccount, useViewer, useZone } from "@/lib/viewer";
import { InteractionFacetsDocument } from "./__generated__";
import { FilterBar } from "./FilterBar";
import { clearedFilters } from "./filters";
import { InteractionList } from "./InteractionList";
import { SearchBox } from "./SearchBox";
import { SpeechBanner } from "./SpeechBanner";
import { isFiltered, type ListSearch, parseListSearch, toFilter } from "./search";
import { useInteractionList } from "./useInteractionList";
import { useSelection } from "./useSelection";

// What only some readers see, and what comes after the rows.
const AnalyseAgain = lazy(async () => ({ default: (await import("@/features/reanalysis/AnalyseAgain")).AnalyseAgain }));
const MixedVersions = lazy(async () => ({ default: (await import("@/features/reanalysis/MixedVersions")).MixedVersions }));

type Props = { readonly search: ListSearch; readonly onSearch: (search: ListSearch) => void };

/** Every interaction that the reader may see: filters and sort in the address, rows that change while one looks. */
export function InteractionsPage({ search, onSearch }: Props) {
  const zone = useZone();
  const today = dayOf(new Date(), zone);
  const list = useInteractionList(search, today);
  const viewer = useViewer();
  const filter = useMemo(() => toFilter(search, today), [search, today]);
  const chosen = useSelection(list.rows, JSON.stringify(filter));
  const [{ data: facets }] = useQuery({ query: InteractionFacetsDocument, requestPolicy: "cache-and-network" });
  const change = useCallback(
    (part: Partial<Record<keyof ListSearch, string>>) => onSearch(parseListSearch({ ...search, ...part })),
    [search, onSearch],
  );
  const changeText = useMemo(() => (q: string) => change({ q }), [change]);
  const clear = () => onSearch(clearedFilters(search));
  return (
    <>
      <PageBar title={t("Interactions")} note={<Count total={list.total} filtered={isFiltered(search)} />}>
        {mayAccount(viewer, "account.settings") && list.total !== 0 && (
          <Suspense>
            <AnalyseAgain filter={filter} filtered={isFiltered(search)} total={list.total} />
          </Suspense>
        )}
        <SearchBox value={search.q ?? ""} onChange={changeText} />
      </PageBar>
      <FilterBar search={search} facets={facets?.interactionFacets} today={today} onChange={change} onClear={clear} />
      <InteractionList
        list={list}
        chosen={chosen}
        filter={filter}
        search={search}
        today={today}
        onSort={(sort) => change({ sort })}
        onClear={clear}
      />
      {list.rows.length > 0 && (
        <Suspense>
          <MixedVersions from={filter.from ?? null} to={filter.to ?? null} />
        </Suspense>
      )}
      <SpeechBanner rows={list.rows} />
    </>
  );
}

function Count({ total, filtered }: { readonly total: number | null; readonly filtered: boolean }) {
  if (total === null || (total === 0 && !filtered)) return null;
  return (
    <output>
      {filtered
        ? t("{total, plural, one {# matches} other {# match}}", { total })
        : t("{total, plural, one {# in all} other {# in all}}", { total })}
    </output>
  );
}
