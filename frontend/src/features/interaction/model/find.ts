/** Search in one conversation: any case, with or without accents, as written. */

export type Found = { readonly segment: number; readonly from: number; readonly to: number };

type Folded = { readonly text: string; readonly at: readonly number[] };

/** Where `query` occurs, in code points of each segment's text. An empty query finds nothing. */
export function findInCall(texts: ReadonlyArray<string | null>, query: string): readonly Found[] {
  const wanted = fold(query.trim().replace(/\s+/g, " ")).text;
  if (!wanted) return [];
  return texts.flatMap((text, segment) => (text ? occurrences(fold(text), wanted).map((range) => ({ segment, ...range })) : []));
}

function occurrences({ text, at }: Folded, wanted: string) {
  const found = [];
  for (let index = text.indexOf(wanted); index >= 0; index = text.indexOf(wanted, index + wanted.length)) {
    found.push({ from: at[index] ?? 0, to: (at[index + wanted.length - 1] ?? 0) + 1 });
  }
  return found;
}

/** Each code point folded by itself, so that places in the folded text lead back to places in the original. */
function fold(text: string): Folded {
  const folded: string[] = [];
  const at: number[] = [];
  [...text].forEach((point, index) => {
    const plain = /\s/.test(point) ? " " : point.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    for (const unit of plain === "’" ? "'" : plain) {
      for (let i = 0; i < unit.length; i++) at.push(index);
      folded.push(unit);
    }
  });
  return { text: folded.join(""), at };
}

/** The hit at or after a segment, for a search that starts where the reader is. */
export function firstFrom(found: readonly Found[], segment: number): number {
  return Math.max(
    found.findIndex((one) => one.segment >= segment),
    0,
  );
}
