import { useEffect, useMemo, useRef, useState } from "react";
import { useQuery } from "urql";
import { Avatar } from "@/components/Avatar";
import { IconButton } from "@/components/Button";
import { buttonClass } from "@/components/button-style";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { ErrorPanel } from "@/components/Panel";
import { SearchField } from "@/components/SearchField";
import { SearchPicker } from "@/components/SearchPicker";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { Pager } from "@/components/Table";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import {
  FindMembersDocument,
  SetTeamMembersDocument,
  type TeamDetailFragment,
  TeamMembersDocument,
  type TeamMembersQuery,
} from "./__generated__";
import { type TeamSearch, toMembers, withAgent } from "./search";

type Props = {
  readonly team: TeamDetailFragment;
  readonly search: TeamSearch;
  readonly onSearch: (search: TeamSearch, push?: boolean) => void;
  readonly onChanged: () => void;
};

/** The agents of the team, by name, a page at a time. One who is added leaves the team that they were in. */
export function Members({ team, search, onSearch, onChanged }: Props) {
  const set = useAction(SetTeamMembersDocument);
  const variables = useMemo(() => toMembers(team.id, search), [team.id, search]);
  const [{ data, error, fetching }, again] = useQuery({ query: TeamMembersDocument, variables, requestPolicy: "cache-and-network" });
  const retry = () => again({ requestPolicy: "network-only" });
  const find = useMemo(() => (text: string) => onSearch(withAgent(search, team.id, text)), [search, team.id, onSearch]);
  const agents = data?.agents;
  const [section, leave] = useNeighbour(agents);
  const [changes, setChanges] = useState(0);
  const changed = () => [setChanges((one) => one + 1), onChanged(), retry()];
  const add = async (id: string, name: string) => {
    if (!(await set.run({ input: { teamId: team.id, add: [id] } }))) return;
    // They may stand on another page, or not be among those who are looked for.
    toast(t("{name} is in {team}", { name, team: team.name }));
    changed();
  };
  const remove = async (id: string, name: string, index: number) => {
    if (!(await set.run({ input: { teamId: team.id, remove: [id] } }))) return;
    leave(index);
    changed();
    toast(t("{name} left {team}", { name, team: team.name }), () => void add(id, name));
  };
  const { startCursor, endCursor, hasNextPage, hasPreviousPage } = agents?.pageInfo ?? {};
  const page = (place: Pick<TeamSearch, "after" | "before">) => {
    onSearch({ ...withAgent(search, team.id, search.agent ?? ""), ...place }, true);
    // A page is read from its first row, and not from where the button stood.
    section.current?.scrollIntoView({ block: "start" });
  };
  return (
    <section ref={section} tabIndex={-1} aria-label={t("Agents")} className="flex scroll-mt-4 flex-col gap-3 outline-none">
      <h3 className="font-semibold">
        {t("Agents")} <span className="figures font-normal text-ink-2">{team.memberCount}</span>
      </h3>
      <Picker team={team.id} busy={set.busy} changes={changes} onPick={add} />
      {set.refusal && <Notice tone="critical">{set.refusal.message}</Notice>}
      {(team.memberCount > 0 || search.agent) && (
        <div className="mt-2 flex items-center">
          <SearchField
            label={t("Search in this team")}
            value={search.agent ?? ""}
            onChange={find}
            shortcut={false}
            className="min-w-0 flex-1"
          />
          <output className="figures ml-3 text-meta whitespace-nowrap text-ink-2 empty:ml-0">
            {search.agent && agents && t("{total, plural, one {# matches} other {# match}}", { total: agents.totalCount })}
          </output>
        </div>
      )}
      {error && <ErrorPanel message={errorMessage(error)} onRetry={retry} />}
      <Waiting rows={fetching && !agents ? Math.min(team.memberCount, 5) : 0} />
      {agents && agents.edges.length > 0 && <List agents={agents} team={team} busy={fetching || set.busy} onRemove={remove} />}
      {agents?.edges.length === 0 && !fetching && <Nobody search={search} onClear={() => find("")} onFirst={() => page({})} />}
      {agents && (
        <div className="-mx-4 md:-mx-5">
          <Pager
            label={t("Pages of agents")}
            onPrevious={hasPreviousPage && startCursor ? () => page({ before: startCursor }) : null}
            onNext={hasNextPage && endCursor ? () => page({ after: endCursor }) : null}
          />
        </div>
      )}
    </section>
  );
}

/** Whoever takes one out by keyboard then stands on the one who came after, and not at the top of the page. */
function useNeighbour(agents: TeamMembersQuery["agents"] | undefined) {
  const section = useRef<HTMLElement>(null);
  const left = useRef<number | null>(null);
  useEffect(() => {
    if (left.current === null || !agents) return;
    const buttons = section.current?.querySelectorAll<HTMLElement>("li button") ?? [];
    (buttons[Math.min(left.current, buttons.length - 1)] ?? section.current)?.focus();
    left.current = null;
  }, [agents]);
  const leave = (index: number) => {
    left.current = index;
  };
  return [section, leave] as const;
}

type ListProps = {
  readonly agents: TeamMembersQuery["agents"];
  readonly team: TeamDetailFragment;
  readonly busy: boolean;
  readonly onRemove: (id: string, name: string, index: number) => void;
};

function List({ agents, team, busy, onRemove }: ListProps) {
  return (
    <ul
      aria-label={t("Agents of {team}", { team: team.name })}
      aria-busy={busy}
      className={`rounded-card border border-line motion-fade ${busy ? "opacity-60" : ""}`}
    >
      {agents.edges.map(({ node }, index) => (
        <li key={node.id} className="flex items-center gap-2.5 border-b border-line px-3 py-1.5 last:border-0">
          <Avatar name={node.name} />
          <span className="min-w-0 flex-1 truncate">{node.name}</span>
          {node.externalId && <span className="figures max-w-[40%] truncate text-meta text-ink-3">{node.externalId}</span>}
          <IconButton
            small
            label={t("Take {name} out of {team}", { name: node.name, team: team.name })}
            onPress={() => onRemove(node.id, node.name, index)}
          >
            <Icon name="close" size={13} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

function Waiting({ rows }: { readonly rows: number }) {
  const slow = useSlow(rows > 0);
  if (!slow) return null;
  return (
    <div aria-hidden="true" className="rounded-card border border-line">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-10 items-center gap-2.5 border-b border-line px-3 last:border-0">
          <Skeleton className="size-6 rounded-full!" />
          <Skeleton className="h-3 w-32" />
        </div>
      ))}
    </div>
  );
}

type NobodyProps = { readonly search: TeamSearch; readonly onClear: () => void; readonly onFirst: () => void };

function Nobody({ search, onClear, onFirst }: NobodyProps) {
  if (search.after || search.before)
    return (
      <Empty verb={t("First page")} onPress={onFirst}>
        {t("This page of the list has become empty.")}
      </Empty>
    );
  if (search.agent)
    return (
      <Empty verb={t("Clear the search")} onPress={onClear}>
        {t("No agent of this team has “{text}” in the name, the email or the number.", { text: search.agent })}
      </Empty>
    );
  return <p className="text-ink-2">{t("No agent is in this team. Agents appear with their first call, or are added by the directory.")}</p>;
}

type EmptyProps = { readonly verb: string; readonly onPress: () => void; readonly children: string };

function Empty({ verb, onPress, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-ink-2">{children}</p>
      <button type="button" className={buttonClass("default", "small")} onClick={onPress}>
        {verb}
      </button>
    </div>
  );
}

type PickerProps = {
  readonly team: string;
  readonly busy: boolean;
  /** How many there were: each may have brought in or out who is offered. */
  readonly changes: number;
  readonly onPick: (id: string, name: string) => void;
};

/** Agents who are not in this team. */
function Picker({ team, busy, changes, onPick }: PickerProps) {
  const [text, setText] = useState("");
  const variables = useMemo(() => ({ team, text }), [team, text]);
  const [{ data, fetching }, again] = useQuery({ query: FindMembersDocument, variables, requestPolicy: "cache-and-network" });
  useEffect(() => {
    if (changes > 0) again({ requestPolicy: "network-only" });
  }, [changes, again]);
  const options = (data?.agents.edges ?? []).map(({ node }) => ({
    id: node.id,
    label: node.name,
    note: node.team?.name ?? t("in no team"),
  }));
  return (
    <SearchPicker
      label={t("Add an agent")}
      placeholder={t("Find an agent by name")}
      options={options}
      busy={busy || fetching}
      onSearch={setText}
      onPick={(id) => onPick(id, options.find((one) => one.id === id)?.label ?? "")}
    />
  );
}
