/** The page of an interaction, or of a moment in it. */
export function interactionAddress(id: string, atMs?: number): string {
  const path = `/interactions/${encodeURIComponent(id)}`;
  return atMs === undefined ? path : `${path}?t=${atMs / 1000}`;
}
