/** One scale for every track of the player: milliseconds on the conversation's clock to pixels on the screen. */

/** The part of the conversation that is on the screen. */
export type View = { readonly fromMs: number; readonly toMs: number };

export type TimeScale = View & { readonly durationMs: number; readonly width: number };

/** Closer than this, words are wider than the screen. */
const narrowestMs = 5_000;

export function wholeView(durationMs: number): View {
  return { fromMs: 0, toMs: Math.max(1, durationMs) };
}

export function xOf(scale: TimeScale, ms: number): number {
  return ((ms - scale.fromMs) / (scale.toMs - scale.fromMs)) * scale.width;
}

export function msAt(scale: TimeScale, x: number): number {
  if (scale.width <= 0) return scale.fromMs;
  const ms = scale.fromMs + (x / scale.width) * (scale.toMs - scale.fromMs);
  return clamp(ms, 0, scale.durationMs);
}

/** `factor` 2 shows half as much; the moment `aroundMs` keeps its place. */
export function zoom(view: View, durationMs: number, factor: number, aroundMs: number): View {
  const length = view.toMs - view.fromMs;
  const narrowest = Math.min(narrowestMs, Math.max(1, durationMs));
  const next = clamp(length / factor, narrowest, Math.max(1, durationMs));
  const anchor = clamp(aroundMs, view.fromMs, view.toMs);
  const share = (anchor - view.fromMs) / length;
  return place(anchor - share * next, next, durationMs);
}

export function pan(view: View, durationMs: number, byMs: number): View {
  return place(view.fromMs + byMs, view.toMs - view.fromMs, durationMs);
}

/** A span with as much room on both sides as it is long, so that what stood too close comes apart. */
export function zoomTo(startMs: number, endMs: number, durationMs: number): View {
  const length = clamp((endMs - startMs) * 3, Math.min(narrowestMs, durationMs), durationMs);
  return place((startMs + endMs) / 2 - length / 2, length, durationMs);
}

/** Turns the page when the playhead leaves it. */
export function follow(view: View, durationMs: number, ms: number): View {
  if (ms >= view.fromMs && ms <= view.toMs) return view;
  return place(ms - (view.toMs - view.fromMs) * 0.08, view.toMs - view.fromMs, durationMs);
}

export function isFitted(view: View, durationMs: number): boolean {
  return view.fromMs <= 0 && view.toMs >= durationMs;
}

export type Tick = { readonly ms: number; readonly x: number };

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000);

/** Round moments, at least `apartPx` from each other. */
export function ticks(scale: TimeScale, apartPx = 110): readonly Tick[] {
  if (scale.width <= 0) return [];
  const msPerPx = (scale.toMs - scale.fromMs) / scale.width;
  const step = steps.find((one) => one / msPerPx >= apartPx) ?? (steps.at(-1) as number) * 2;
  const found: Tick[] = [];
  for (let ms = Math.ceil(scale.fromMs / step) * step; ms <= scale.toMs; ms += step) found.push({ ms, x: xOf(scale, ms) });
  return found;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function place(fromMs: number, length: number, durationMs: number): View {
  const from = clamp(fromMs, 0, Math.max(0, durationMs - length));
  return { fromMs: from, toMs: from + length };
}
