import { useMemo, useState } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { SearchField } from "@/components/SearchField";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { TeamsDocument } from "./__generated__";
import { NameDialog } from "./NameDialog";
import { found, type TeamSearch, withTeam } from "./search";
import { TeamList } from "./TeamList";
import { TeamPanel } from "./TeamPanel";

type Props = { readonly search: TeamSearch; readonly onSearch: (search: TeamSearch, push?: boolean) => void };

/** The teams at the left, the one that is open at the right; one after the other where the window is narrow. */
export function TeamsPage({ search, onSearch }: Props) {
  const wide = useMedia("(min-width: 1100px)");
  const [adding, setAdding] = useState(false);
  const [{ data, error, fetching }, again] = useQuery({ query: TeamsDocument, requestPolicy: "cache-and-network" });
  const refresh = () => again({ requestPolicy: "network-only" });
  const slow = useSlow(fetching && !data);
  const teams = data?.teams;
  const chosen = teams?.find((team) => team.id === search.team) ?? (wide ? teams?.[0] : undefined);
  const open = (team: string | undefined) => onSearch(withTeam(search, team), true);
  const find = useMemo(() => (q: string) => onSearch({ ...search, q }), [search, onSearch]);
  const showList = wide || !chosen;
  return (
    <>
      <PageBar title={t("Teams")} note={teams && t("{count, plural, one {# team} other {# teams}}", { count: teams.length })}>
        <Button variant="primary" onPress={() => setAdding(true)}>
          <Icon name="plus" />
          {t("Add team")}
        </Button>
      </PageBar>
      {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={refresh} />}
      {slow && <Waiting />}
      {teams?.length === 0 && (
        <EmptyState title={t("No team yet")}>
          {t("A team is a group of agents with those who supervise them: a supervisor's permissions reach the calls of their teams.")}
        </EmptyState>
      )}
      {teams && teams.length > 0 && (
        <div className={`grid min-h-0 flex-1 ${wide ? "grid-cols-[320px_minmax(0,1fr)]" : "grid-cols-1"}`}>
          {showList && (
            <div className={`flex min-h-0 flex-col ${wide ? "border-r border-line" : ""}`}>
              <SearchField label={t("Find a team or supervisor")} value={search.q ?? ""} onChange={find} className="mx-4 my-3 md:mx-5" />
              <TeamList teams={found(teams, search.q)} chosen={chosen?.id} onOpen={open} />
            </div>
          )}
          {chosen && (
            <TeamPanel
              key={chosen.id}
              team={chosen}
              search={search}
              onSearch={onSearch}
              onBack={wide ? null : () => open(undefined)}
              onDeleted={() => [open(undefined), refresh()]}
              onChanged={refresh}
            />
          )}
        </div>
      )}
      {adding && <NameDialog team={null} onClose={() => setAdding(false)} onSaved={(id) => [refresh(), open(id)]} />}
    </>
  );
}

function Waiting() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3 px-4 py-4 md:px-5 lg:w-80 lg:border-r lg:border-line">
      <Skeleton className="h-8" />
      {["a", "b", "c", "d", "e"].map((row) => (
        <Skeleton key={row} className="h-11" />
      ))}
    </div>
  );
}
