/** What would overlap on a line becomes one. */

export type Box = { readonly left: number; readonly right: number };

export type Cluster<T> = Box & { readonly items: readonly T[] };

type Options<T> = {
  /** Room that a group of items takes, e.g. its label around its middle. */
  readonly boxOf: (items: readonly T[]) => Box;
  /** The point that an item stands for. */
  readonly anchorOf: (item: T) => number;
  /** Items whose anchors are closer than this are one, even where their boxes would fit. */
  readonly closerThan: number;
  readonly gap?: number;
};

/** Items in order of their anchors. A cluster's own box can meet the next one, so merging goes on until nothing overlaps. */
export function cluster<T>(items: readonly T[], options: Options<T>): readonly Cluster<T>[] {
  let groups: T[][] = items.map((item) => [item]);
  for (let merged = true; merged; ) {
    const next: T[][] = [];
    for (const group of groups) {
      const last = next.at(-1);
      if (last && conflict(last, group, options)) last.push(...group);
      else next.push([...group]);
    }
    merged = next.length < groups.length;
    groups = next;
  }
  return groups.map((group) => ({ ...options.boxOf(group), items: group }));
}

function conflict<T>(one: readonly T[], other: readonly T[], { boxOf, anchorOf, closerThan, gap = 2 }: Options<T>): boolean {
  const last = one.at(-1);
  const first = other[0];
  if (last === undefined || first === undefined) return false;
  return anchorOf(first) - anchorOf(last) < closerThan || boxOf(other).left - boxOf(one).right < gap;
}
