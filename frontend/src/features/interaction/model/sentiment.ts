/** The sentiment line cut at its thresholds, so that each class has its colour, and the changes between classes. */
import { t } from "@/i18n";
import type { SentimentClass, SentimentPoint } from "./types";

/** METRICS: positive from +0.2, negative up to −0.2. */
export const threshold = 0.2;

export type Point = { readonly ms: number; readonly value: number };
export type Piece = { readonly of: SentimentClass; readonly points: readonly Point[] };

export function classOf(value: number): SentimentClass {
  if (value >= threshold) return "POSITIVE";
  return value <= -threshold ? "NEGATIVE" : "NEUTRAL";
}

/** The line from 0 to the end, level before its first and after its last point. */
export function line(points: readonly SentimentPoint[], durationMs: number): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.ms - b.ms);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) return [];
  return [{ ms: 0, value: first.value }, ...sorted, { ms: Math.max(durationMs, last.ms), value: last.value }];
}

/** Runs of one class; where the line crosses a threshold both runs have that point. */
export function pieces(points: readonly Point[]): readonly Piece[] {
  const cut = withCrossings(points);
  const found: { of: SentimentClass; points: Point[] }[] = [];
  for (let index = 1; index < cut.length; index++) {
    const [from, to] = [cut[index - 1] as Point, cut[index] as Point];
    const of = classOf((from.value + to.value) / 2);
    const last = found.at(-1);
    if (last?.of === of) last.points.push(to);
    else found.push({ of, points: [from, to] });
  }
  return found;
}

function withCrossings(points: readonly Point[]): readonly Point[] {
  return points.flatMap((to, index) => {
    const from = points[index - 1];
    return from ? [...crossings(from, to), to] : [to];
  });
}

function crossings(from: Point, to: Point): readonly Point[] {
  const levels = from.value < to.value ? [-threshold, threshold] : [threshold, -threshold];
  return levels.flatMap((level) => {
    const share = (level - from.value) / (to.value - from.value);
    return share > 0 && share < 1 ? [{ ms: from.ms + share * (to.ms - from.ms), value: level }] : [];
  });
}

/** Largest distance from 0 that the graph shows; never so small that noise looks like a swing. */
export function reach(points: readonly Point[]): number {
  return Math.max(0.5, ...points.map((point) => Math.abs(point.value))) * 1.08;
}

export function valueAt(points: readonly Point[], ms: number): number {
  const after = points.findIndex((point) => point.ms >= ms);
  const to = points[after < 0 ? points.length - 1 : after];
  const from = points[Math.max(0, (after < 0 ? points.length : after) - 1)];
  if (!from || !to) return 0;
  const share = to.ms > from.ms ? (ms - from.ms) / (to.ms - from.ms) : 1;
  return from.value + Math.min(1, share) * (to.value - from.value);
}

export function pathOf(points: readonly Point[], x: (ms: number) => number, y: (value: number) => number): string {
  return points.map((point, index) => `${index ? "L" : "M"}${fixed(x(point.ms))} ${fixed(y(point.value))}`).join("");
}

/** Between the line and its threshold. */
export function areaOf(piece: Piece, x: (ms: number) => number, y: (value: number) => number): string {
  const [first, last] = [piece.points[0], piece.points.at(-1)];
  if (piece.of === "NEUTRAL" || !first || !last) return "";
  const base = fixed(y(piece.of === "POSITIVE" ? threshold : -threshold));
  return `${pathOf(piece.points, x, y)}L${fixed(x(last.ms))} ${base}L${fixed(x(first.ms))} ${base}Z`;
}

export function className(of: SentimentClass): string {
  return of === "POSITIVE" ? t("Positive") : of === "NEGATIVE" ? t("Negative") : t("Neutral");
}

/** The word for a score of 0…100: − up to 40, + from 60. */
export function scoreClass(value: number): SentimentClass {
  if (value <= 40) return "NEGATIVE";
  return value >= 60 ? "POSITIVE" : "NEUTRAL";
}

const fixed = (value: number) => Math.round(value * 10) / 10;
