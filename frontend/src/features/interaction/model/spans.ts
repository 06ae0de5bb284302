/** A segment's text cut at every boundary of a word, a highlight or a search hit, and nested where highlights overlap. */
import { codePoints } from "./code-points";
import type { Highlight } from "./highlights";

export type Range = { readonly from: number; readonly to: number };
export type Word = Range & { readonly index: number };
export type Hit = Range & { readonly index: number };

/** A run of characters that is the same for everything. */
export type Piece = {
  readonly text: string;
  readonly from: number;
  readonly word: number | null;
  readonly hit: number | null;
  /** Outermost first. */
  readonly marks: readonly Highlight[];
};

export type MarkRange = Range & { readonly highlight: Highlight };

export function pieces(text: string, words: readonly Word[], marks: readonly MarkRange[], hits: readonly Hit[]): readonly Piece[] {
  const points = codePoints(text);
  const within = (at: number) => Math.min(Math.max(at, 0), points.length);
  const edges = new Set([0, points.length]);
  for (const range of [...words, ...marks, ...hits]) edges.add(within(range.from)).add(within(range.to));
  const sorted = [...edges].sort((a, b) => a - b);
  // Longer ones outside: then the inner one's tint is seen.
  const nested = [...marks].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] ?? from;
    const covers = (range: Range) => range.from <= from && range.to >= to;
    return {
      text: points.slice(from, to),
      from,
      word: words.find(covers)?.index ?? null,
      hit: hits.find(covers)?.index ?? null,
      marks: nested.filter(covers).map((mark) => mark.highlight),
    };
  });
}

export type Node = { readonly mark: Highlight; readonly first: boolean; readonly children: readonly Tree[] };
export type Tree = Piece | Node;

export const isNode = (tree: Tree): tree is Node => "mark" in tree;

/** Neighbours under the same highlight become one element; one that overlaps another only in part is split at its edge. */
export function nest(list: readonly Piece[]): readonly Tree[] {
  return nestFrom(list, 0, new Set());
}

function nestFrom(list: readonly Piece[], depth: number, begun: Set<string>): readonly Tree[] {
  const trees: Tree[] = [];
  for (let at = 0; at < list.length; ) {
    const piece = list[at] as Piece;
    const mark = piece.marks[depth];
    if (!mark) {
      trees.push(piece);
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < list.length && list[end]?.marks[depth]?.id === mark.id) end += 1;
    const first = !begun.has(mark.id);
    begun.add(mark.id);
    trees.push({ mark, first, children: nestFrom(list.slice(at, end), depth + 1, begun) });
    at = end;
  }
  return trees;
}
