/** Arithmetic of the pictures of seats. */

/** Share of a whole in percent, 0…100; nothing of nothing is 0. */
export function shareOf(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(100, (100 * part) / whole);
}

type Licence = { readonly seats: number; readonly used: number };

/** `full` where the next one is refused, `near` where at most one in ten is free. */
export function fillOf({ seats, used }: Licence): "roomy" | "near" | "full" {
  if (used >= seats) return "full";
  return seats - used <= seats / 10 ? "near" : "roomy";
}

/** The longest first; those of nobody's team last, whatever their number. */
export function inOrder<Row extends { readonly team: unknown; readonly used: number }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => Number(a.team === null) - Number(b.team === null) || b.used - a.used);
}

/** The number of seats that was typed; null where it is none. */
export function readSeats(text: string): number | null {
  const digits = text.trim().replace(/[\s,.']/g, "");
  return /^\d{1,7}$/.test(digits) && Number(digits) <= 1_000_000 ? Number(digits) : null;
}
