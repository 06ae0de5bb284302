/** The API counts Unicode code points; JavaScript counts UTF-16 units. */

export type CodePoints = { readonly length: number; readonly slice: (from: number, to: number) => string };

export function codePoints(text: string): CodePoints {
  // Without surrogates the two are the same, which is nearly every text.
  if (!/[\ud800-\udbff]/.test(text)) return { length: text.length, slice: (from, to) => text.slice(from, to) };
  const points = [...text];
  return { length: points.length, slice: (from, to) => points.slice(from, to).join("") };
}
