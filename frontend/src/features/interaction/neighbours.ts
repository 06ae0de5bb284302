/** The interactions before and after this one: in the list that the reader came from, else in the engagement. */
import type { ListMemory } from "@/lib/list-memory";

export type Neighbours = {
  readonly previous: string | null;
  readonly next: string | null;
  /** Place in the list, from 1; null where the reader came by a link. */
  readonly place: number | null;
  readonly total: number | null;
};

export function neighboursOf(
  id: string,
  list: Pick<ListMemory, "ids" | "total">,
  siblings: ReadonlyArray<{ readonly id: string }>,
): Neighbours {
  const inList = list.ids.includes(id);
  const ids = inList ? list.ids : siblings.map((one) => one.id);
  const at = ids.indexOf(id);
  return {
    previous: at > 0 ? (ids[at - 1] ?? null) : null,
    next: at >= 0 ? (ids[at + 1] ?? null) : null,
    place: inList ? at + 1 : null,
    total: inList ? list.total : null,
  };
}
