/** The address of the list of users: `?q=nair&role=agent&seat=no&after=…`. Each filter is one word, so that an address can be shared. */
import type { Source, UserFilter, UsersQueryVariables } from "./__generated__";

const sources: readonly Source[] = ["MANUAL", "SAML", "SCIM"];
const choices = { seat: ["yes", "no"], status: ["active", "inactive"], source: sources.map((one) => one.toLowerCase()) } as const;
const words = ["q", "role", "team", "after", "before"] as const;

export type UserSearch = {
  readonly q?: string;
  readonly role?: string;
  readonly team?: string;
  readonly seat?: string;
  readonly status?: string;
  readonly source?: string;
  /** Where the page starts or ends; at most one of them. */
  readonly after?: string;
  readonly before?: string;
};

export const userPageSize = 50;

export function parseUserSearch(raw: Record<string, unknown>): UserSearch {
  const search: Record<string, string> = {};
  for (const name of words) {
    const value = raw[name];
    if (typeof value === "string" && value.trim()) search[name] = value.trim();
  }
  for (const [name, allowed] of Object.entries(choices)) {
    const value = raw[name];
    if (allowed.some((one) => one === value)) search[name] = String(value);
  }
  if (search.after) delete search.before;
  return search;
}

/** A filter that changes leads back to the first page. */
export function withFilter(search: UserSearch, change: Partial<Record<keyof UserSearch, string>>): UserSearch {
  return parseUserSearch({ ...search, after: "", before: "", ...change });
}

export function isFiltered({ after: _after, before: _before, ...filters }: UserSearch): boolean {
  return Object.values(filters).some(Boolean);
}

export function toFilter(search: UserSearch): UserFilter {
  return {
    ...(search.q ? { text: search.q } : {}),
    ...(search.role ? { role: search.role } : {}),
    ...(search.team ? { team: search.team } : {}),
    ...(search.seat ? { seat: search.seat === "yes" } : {}),
    ...(search.status ? { active: search.status === "active" } : {}),
    ...(search.source ? { source: search.source.toUpperCase() as Source } : {}),
  };
}

export function toVariables(search: UserSearch): UsersQueryVariables {
  const filter = toFilter(search);
  if (search.before) return { filter, last: userPageSize, before: search.before };
  return { filter, first: userPageSize, ...(search.after ? { after: search.after } : {}) };
}
