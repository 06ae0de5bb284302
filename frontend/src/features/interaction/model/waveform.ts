/** The peaks of a recording and the bars that a canvas draws of them. */
import { type TimeScale, xOf } from "./time-scale";
import type { Role } from "./types";

export type Peaks = { readonly points: number; readonly channels: readonly Uint8Array[] };

const headerBytes = 8;

/** `channels` u8, three zeros, `points` u32 little endian, then each channel's peaks, 0…255. Null where the bytes are no peaks. */
export function readPeaks(bytes: ArrayBuffer): Peaks | null {
  if (bytes.byteLength < headerBytes) return null;
  const view = new DataView(bytes);
  const channels = view.getUint8(0);
  const points = view.getUint32(4, true);
  if (channels === 0 || points === 0 || bytes.byteLength < headerBytes + channels * points) return null;
  const channel = (index: number) => new Uint8Array(bytes, headerBytes + index * points, points);
  return { points, channels: Array.from({ length: channels }, (_, index) => channel(index)) };
}

export type Sides = { readonly up: Uint8Array; readonly down: Uint8Array; readonly mixed: boolean };

/** Agent up, consumer down; a recording of one channel, or without roles, is the same on both sides. */
export function sidesOf(peaks: Peaks, roles: readonly Role[]): Sides {
  const [first] = peaks.channels as readonly [Uint8Array, ...Uint8Array[]];
  const agent = peaks.channels[roles.indexOf("AGENT")];
  const consumer = peaks.channels[roles.indexOf("CONSUMER")];
  if (peaks.channels.length < 2 || !agent || !consumer) return { up: first, down: peaks.channels[1] ?? first, mixed: true };
  return { up: agent, down: consumer, mixed: false };
}

export type Bar = { readonly x: number; readonly height: number };

/** One bar every `pitch` pixels, as high as the loudest peak below it; `height` is that of one side. */
export function bars(side: Uint8Array, scale: TimeScale, pitch: number, height: number): readonly Bar[] {
  const loudest = Math.max(
    1,
    side.reduce((most, value) => Math.max(most, value), 0),
  );
  const found: Bar[] = [];
  const msPerPx = (scale.toMs - scale.fromMs) / Math.max(1, scale.width);
  // Bars are cut at multiples of their own length, so that they do not flicker while the view moves.
  const first = Math.floor(scale.fromMs / (msPerPx * pitch)) * msPerPx * pitch;
  for (let ms = first; ms < scale.toMs; ms += msPerPx * pitch) {
    const peak = peakBetween(side, ms / scale.durationMs, (ms + msPerPx * pitch) / scale.durationMs);
    found.push({ x: xOf(scale, ms), height: Math.max(1, (peak / loudest) * height) });
  }
  return found;
}

function peakBetween(side: Uint8Array, from: number, to: number): number {
  const first = Math.max(0, Math.floor(from * side.length));
  const last = Math.min(side.length, Math.max(first + 1, Math.ceil(to * side.length)));
  let most = 0;
  for (let index = first; index < last; index++) most = Math.max(most, side[index] ?? 0);
  return most;
}
