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

/**
 * Items in order of their anchors. The two neighbours that stand closest are joined first, and so on until nothing conflicts: a long chain
 * of close items then becomes several clusters where it has room for them, not one for all.
 */
export function cluster<T>(items: readonly T[], options: Options<T>): readonly Cluster<T>[] {
  const groups = items.map((item) => groupOf([item], options));
  for (let at = tightest(groups, options); at >= 0; at = tightest(groups, options)) {
    const [left, right] = [groups[at] as Group<T>, groups[at + 1] as Group<T>];
    groups.splice(at, 2, groupOf([...left.items, ...right.items], options));
  }
  return groups.map(({ left, right, items: all }) => ({ left, right, items: all }));
}

/** Px that a finger needs, WCAG 2.5.5. */
const fingerPx = 44;

/** How far beside each box of a row a finger still means it, in px: as far as it needs, and no further than half way to the next. */
export function reach(boxes: readonly Box[]): readonly Box[] {
  return boxes.map(({ left, right }, at) => {
    const wanted = Math.max(0, (fingerPx - (right - left)) / 2);
    const upTo = (gap: number | undefined) => Math.max(0, Math.min(wanted, (gap ?? Number.POSITIVE_INFINITY) / 2));
    const [before, after] = [boxes[at - 1], boxes[at + 1]];
    return { left: upTo(before && left - before.right), right: upTo(after && after.left - right) };
  });
}

type Group<T> = Cluster<T> & { readonly middle: number };

function groupOf<T>(items: readonly T[], { boxOf, anchorOf }: Options<T>): Group<T> {
  const anchors = items.map(anchorOf);
  return { ...boxOf(items), items, middle: ((anchors[0] ?? 0) + (anchors.at(-1) ?? 0)) / 2 };
}

/** Index of the left one of the two neighbours that lack most room, or −1 where all have enough. */
function tightest<T>(groups: readonly Group<T>[], { closerThan, gap = 2 }: Options<T>): number {
  let found = -1;
  let least = 0;
  for (let at = 0; at + 1 < groups.length; at++) {
    const [one, other] = [groups[at] as Group<T>, groups[at + 1] as Group<T>];
    const room = Math.min(other.middle - one.middle - closerThan, other.left - one.right - gap);
    if (room < least) [found, least] = [at, room];
  }
  return found;
}
