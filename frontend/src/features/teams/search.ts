/** The address of the teams: `?team=…&q=bill`. */
export type TeamSearch = { readonly team?: string; readonly q?: string };

export function parseTeamSearch(raw: Record<string, unknown>): TeamSearch {
  const text = (value: unknown) => (typeof value === "string" ? value.trim() : "");
  const [team, q] = [text(raw.team), text(raw.q)];
  return { ...(team ? { team } : {}), ...(q ? { q } : {}) };
}

type Named = { readonly name: string; readonly supervisors: readonly { readonly name: string }[] };

/** Teams whose name, or a supervisor's, has the text. */
export function found<Team extends Named>(teams: readonly Team[], q: string | undefined): readonly Team[] {
  const text = (q ?? "").toLocaleLowerCase();
  const has = (name: string) => name.toLocaleLowerCase().includes(text);
  return teams.filter((team) => has(team.name) || team.supervisors.some((one) => has(one.name)));
}
