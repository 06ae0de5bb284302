/** Interactions that are chosen for what is done with many: some by id, or all that match the filter. Pure. */

export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** All that match, also those that are not loaded. */
  readonly all: boolean;
  /** Where a range begins: the one that was ticked last. */
  readonly anchor: string | null;
};

export const nothing: Selection = { ids: new Set(), all: false, anchor: null };

export const isChosen = (selection: Selection, id: string): boolean => selection.all || selection.ids.has(id);

export const isEmpty = (selection: Selection): boolean => !selection.all && selection.ids.size === 0;

/** How many; `total` is how many match. */
export const countOf = (selection: Selection, total: number | null): number => (selection.all ? (total ?? 0) : selection.ids.size);

type Ticked = { readonly id: string; readonly on: boolean; readonly range: boolean };

/** One is ticked or not; `range`: and all from the last one to it. `order`: what is loaded, in the order of the screen. */
export function tick(selection: Selection, order: readonly string[], { id, on, range }: Ticked): Selection {
  const ids = new Set(selection.all ? order : selection.ids);
  for (const one of range ? between(order, selection.anchor, id) : [id]) {
    if (on) ids.add(one);
    else ids.delete(one);
  }
  return { ids, all: false, anchor: id };
}

function between(order: readonly string[], from: string | null, to: string): readonly string[] {
  const [start, end] = [from === null ? -1 : order.indexOf(from), order.indexOf(to)];
  return start < 0 || end < 0 ? [to] : order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** Everything that is loaded, or nothing of it. */
export function tickLoaded(selection: Selection, order: readonly string[], on: boolean): Selection {
  if (!on) return nothing;
  return { ids: new Set([...selection.ids, ...order]), all: false, anchor: null };
}

/** Of what is loaded: all chosen, some, or none. */
export function coverage(selection: Selection, order: readonly string[]): "all" | "some" | "none" {
  if (isEmpty(selection)) return "none";
  return order.length > 0 && order.every((id) => isChosen(selection, id)) ? "all" : "some";
}
