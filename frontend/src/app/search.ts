/**
 * Addresses that a person can read and write: `?agent=a,b&from=2026-11-01`. Every value reaches a route's `validateSearch` as text;
 * numbers are parsed there. Absent values leave no trace.
 */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
  }
  // Commas and colons are legal in a query and easier to read as they are.
  const text = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%3D%3D", "==");
  return text ? `?${text}` : "";
}
