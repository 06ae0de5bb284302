import { useMemo, useRef, useState } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { ErrorPanel } from "@/components/Panel";
import { SearchField } from "@/components/SearchField";
import { useSlow } from "@/components/Skeleton";
import { Pager } from "@/components/Table";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { UserChoicesDocument, UsersDocument } from "./__generated__";
import { AddUser } from "./AddUser";
import { isFiltered, toVariables, type UserSearch, withFilter } from "./search";
import { NoUsers, UserSkeletons } from "./states";
import { UserFilters } from "./UserFilters";
import { UsersTable } from "./UsersTable";

type Props = { readonly search: UserSearch; readonly onSearch: (search: UserSearch, push?: boolean) => void };

/** Everybody of the account: found by name or email, narrowed by what they hold, a page at a time. */
export function UsersPage({ search, onSearch }: Props) {
  const wide = useMedia("(min-width: 768px)");
  const [adding, setAdding] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const variables = useMemo(() => toVariables(search), [search]);
  const [{ data, error, stale, fetching }, again] = useQuery({ query: UsersDocument, variables, requestPolicy: "cache-and-network" });
  const [{ data: choices }] = useQuery({ query: UserChoicesDocument, requestPolicy: "cache-and-network" });
  const change = useMemo(() => (part: Partial<Record<keyof UserSearch, string>>) => onSearch(withFilter(search, part)), [search, onSearch]);
  const changeText = useMemo(() => (q: string) => change({ q }), [change]);
  const retry = () => again({ requestPolicy: "network-only" });
  const slow = useSlow(fetching && !data);
  const users = data?.users;
  const { startCursor, endCursor, hasNextPage, hasPreviousPage } = users?.pageInfo ?? {};
  const rows = users?.edges.map((edge) => edge.node) ?? [];
  const page = (place: Partial<UserSearch>) => {
    const { after: _after, before: _before, ...filters } = search;
    onSearch({ ...filters, ...place }, true);
    // A page is read from its first row, and not from where the button stood.
    if (pane.current) pane.current.scrollTop = 0;
  };
  return (
    <>
      <PageBar title={t("Users")} note={users && <Count total={users.totalCount} filtered={isFiltered(search)} />}>
        {wide && <SearchField label={t("Find by name or email")} value={search.q ?? ""} onChange={changeText} className="w-72" />}
        <Button variant="primary" onPress={() => setAdding(true)}>
          <Icon name="plus" />
          {t("Add user")}
        </Button>
      </PageBar>
      {!wide && (
        <div className="px-4 pt-3">
          <SearchField label={t("Find by name or email")} value={search.q ?? ""} onChange={changeText} />
        </div>
      )}
      <UserFilters search={search} choices={choices} onChange={change} onClear={() => onSearch({})} />
      <div ref={pane} className="min-h-0 flex-1 overflow-y-auto">
        {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={retry} />}
        {slow && <UserSkeletons />}
        {users && rows.length === 0 && <NoUsers filtered={isFiltered(search)} onClear={() => onSearch({})} />}
        {rows.length > 0 && <UsersTable rows={rows} busy={stale && fetching} />}
        {users && (
          <Pager
            label={t("Pages of users")}
            onPrevious={hasPreviousPage && startCursor ? () => page({ before: startCursor }) : null}
            onNext={hasNextPage && endCursor ? () => page({ after: endCursor }) : null}
          />
        )}
      </div>
      <AddUser isOpen={adding} onClose={() => setAdding(false)} choices={choices} onAdded={retry} />
    </>
  );
}

function Count({ total, filtered }: { readonly total: number; readonly filtered: boolean }) {
  return (
    <output>
      {filtered
        ? t("{total, plural, one {# matches} other {# match}}", { total })
        : t("{total, plural, one {# person} other {# people}}", { total })}
    </output>
  );
}
