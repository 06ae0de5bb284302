/** Who spoke when: one lane a role, as an outline for one SVG path. */
import { type TimeScale, xOf } from "./time-scale";
import type { Role, Segments } from "./types";

type Interval = { readonly startMs: number; readonly endMs: number };

/** Of one role, in order, overlaps and pauses under a quarter of a second closed. */
export function speechOf(segments: Segments, role: Role): readonly Interval[] {
  const own = segments.startsMs.flatMap((startMs, index) =>
    segments.roles[index] === role ? [{ startMs, endMs: segments.endsMs[index] ?? startMs }] : [],
  );
  const merged: Interval[] = [];
  for (const one of own.sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last && one.startMs - last.endMs < 250) merged[merged.length - 1] = { ...last, endMs: Math.max(last.endMs, one.endMs) };
    else merged.push(one);
  }
  return merged;
}

/** Blocks 8 high in a lane of 14, rounded where they are wide enough; what would fall into one pixel is drawn once. */
export function lanePath(intervals: readonly Interval[], scale: TimeScale): string {
  let path = "";
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of intervals) {
    if (endMs < scale.fromMs || startMs > scale.toMs) continue;
    const left = Math.max(xOf(scale, startMs), -4, drawnTo);
    const right = Math.min(Math.max(xOf(scale, endMs), left + 1.5), scale.width + 4);
    drawnTo = right;
    path += block(left, right);
  }
  return path;
}

function block(left: number, right: number): string {
  const radius = Math.min(2, (right - left) / 2);
  const [x, width] = [round(left + radius), round(right - left - 2 * radius)];
  const r = round(radius);
  return `M${x} 3h${width}a${r} ${r} 0 0 1 ${r} ${r}v${round(8 - 2 * radius)}a${r} ${r} 0 0 1 -${r} ${r}h-${width}a${r} ${r} 0 0 1 -${r} -${r}v-${round(8 - 2 * radius)}a${r} ${r} 0 0 1 ${r} -${r}z`;
}

const round = (value: number) => Math.round(value * 10) / 10;
