import type { TeamMembersQueryVariables } from "./__generated__";

/** The address of the teams: `?team=…&q=bill&agent=nair&after=…`. `agent` is looked for among the open team's, of whom a page is shown. */
export type TeamSearch = {
  readonly team?: string;
  readonly q?: string;
  readonly agent?: string;
  /** Where the page of agents starts or ends; at most one of them. */
  readonly after?: string;
  readonly before?: string;
};

const words = ["team", "q", "agent", "after", "before"] as const;
export const memberPageSize = 50;

export function parseTeamSearch(raw: Record<string, unknown>): TeamSearch {
  const search: Record<string, string> = {};
  for (const name of words) {
    const value = raw[name];
    if (typeof value === "string" && value.trim()) search[name] = value.trim();
  }
  if (search.after) delete search.before;
  return search;
}

/** Another team, or none: what was looked for among the agents of the one before is gone. */
export function withTeam({ q }: TeamSearch, team: string | undefined): TeamSearch {
  return { ...(q ? { q } : {}), ...(team ? { team } : {}) };
}

/** Agents found by another text, from the first of them. */
export function withAgent(search: TeamSearch, team: string, agent: string): TeamSearch {
  return { ...withTeam(search, team), ...(agent ? { agent } : {}) };
}

export function toMembers(team: string, { agent, after, before }: TeamSearch): TeamMembersQueryVariables {
  const found = { team, ...(agent ? { text: agent } : {}) };
  if (before) return { ...found, last: memberPageSize, before };
  return { ...found, first: memberPageSize, ...(after ? { after } : {}) };
}

type Named = { readonly name: string; readonly supervisors: readonly { readonly name: string }[] };

/** Teams whose name, or a supervisor's, has the text. */
export function found<Team extends Named>(teams: readonly Team[], q: string | undefined): readonly Team[] {
  const text = (q ?? "").toLocaleLowerCase();
  const has = (name: string) => name.toLocaleLowerCase().includes(text);
  return teams.filter((team) => has(team.name) || team.supervisors.some((one) => has(one.name)));
}
