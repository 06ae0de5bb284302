import { kindName, looks } from "../kinds";
import type { Highlight } from "../model/highlights";
import { isNode, type Node, type Piece, type Tree as TreeOf } from "../model/spans";

type TreeProps = {
  readonly trees: readonly TreeOf[];
  readonly spoken: number;
  readonly activeHit: number | null;
  readonly activeId: string | null;
};

/** Text with its highlights, one inside the other; each with its tint, its glyph and a line of its own. */
export function Tree({ trees, ...rest }: TreeProps) {
  return trees.map((tree) =>
    isNode(tree) ? (
      <Marked key={`${tree.mark.id} ${firstPlace(tree)}`} node={tree} {...rest} />
    ) : (
      <Run key={tree.from} piece={tree} spoken={rest.spoken} activeHit={rest.activeHit} />
    ),
  );
}

function Marked({ node, ...rest }: Omit<TreeProps, "trees"> & { readonly node: Node }) {
  const { mark, first, children } = node;
  const { glyph, ink, tint, line, ring } = looks[mark.kind];
  const strong = mark.id === rest.activeId ? `ring-2 ${ring}` : "";
  return (
    <mark title={titleOf(mark)} className={`rounded-[3px] box-decoration-clone px-0.5 py-px text-ink ${tint} ${strong}`}>
      {first && (
        <span aria-hidden="true" className={`mr-1 text-[10px] font-semibold ${ink}`}>
          {glyph}
        </span>
      )}
      {first && <span className="sr-only">{titleOf(mark)}: </span>}
      {/* The lines of nested highlights stand below each other. */}
      <span className={`box-decoration-clone ${below[Math.min(levels(node), 3)]} ${line}`}>
        <Tree trees={children} {...rest} />
      </span>
    </mark>
  );
}

function Run({ piece, spoken, activeHit }: { readonly piece: Piece; readonly spoken: number; readonly activeHit: number | null }) {
  const isSpoken = piece.word !== null && piece.word === spoken;
  const hit = piece.hit === null ? "" : piece.hit === activeHit ? "bg-accent text-on-ink" : "bg-accent/25";
  if (piece.word === null && !hit) return piece.text;
  return (
    <span
      data-word={piece.word ?? undefined}
      className={`${piece.word === null ? "" : "cursor-pointer"} ${isSpoken ? "rounded-[3px] ring-2 ring-accent" : ""} ${hit}`}
    >
      {piece.text}
    </span>
  );
}

const below = ["", "pb-[3px]", "pb-[6px]", "pb-[9px]"] as const;

/** How many highlights lie one in the other below this one. */
function levels(node: Node): number {
  return Math.max(0, ...node.children.map((child) => (isNode(child) ? levels(child) + 1 : 0)));
}

function firstPlace(node: Node): number {
  const [child] = node.children;
  return child === undefined ? 0 : isNode(child) ? firstPlace(child) : child.from;
}

function titleOf(mark: Highlight): string {
  const named = mark.kind === "indicator" || mark.kind === "topic";
  return named ? `${kindName(mark.kind)} ${mark.group}` : kindName(mark.kind);
}
