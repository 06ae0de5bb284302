/** The address of the roles: the matrix, `?role=` the one that a phone shows, or `?view=why&user=…&action=…&interaction=…`. */
export type RolesSearch = {
  readonly view?: "why";
  readonly role?: string;
  readonly user?: string;
  readonly action?: string;
  /** An id, or the address of an interaction as it was pasted. */
  readonly interaction?: string;
};

const texts = ["role", "user", "action", "interaction"] as const;

export function parseRolesSearch(raw: Record<string, unknown>): RolesSearch {
  const search: Record<string, string> = {};
  if (raw.view === "why") search.view = "why";
  for (const name of texts) {
    const value = raw[name];
    if (typeof value === "string" && value.trim()) search[name] = value.trim();
  }
  return search;
}

/** The id in the address of an interaction, or what was typed where it is none. */
export function interactionIn(text: string): string {
  const trimmed = text.trim();
  const id = /\/interactions\/([^/?#\s]+)/.exec(trimmed)?.[1];
  if (!id) return trimmed;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
