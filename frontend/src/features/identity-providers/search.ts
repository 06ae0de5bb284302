/** Which part of a provider is open, from the address. */
export type TabName = "connection" | "rules" | "try";
export type ProviderSearch = { readonly tab?: TabName };

export function parseProviderSearch(raw: Record<string, unknown>): ProviderSearch {
  return raw.tab === "rules" || raw.tab === "try" ? { tab: raw.tab } : {};
}
