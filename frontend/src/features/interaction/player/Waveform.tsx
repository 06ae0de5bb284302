import { useCallback, useEffect, useRef } from "react";
import { t } from "@/i18n";
import { onThemeChange } from "@/lib/theme";
import { useConversation } from "../conversation";
import { xOf } from "../model/time-scale";
import type { Role } from "../model/types";
import { bars, type Sides, sidesOf } from "../model/waveform";
import { useTimeline } from "./timeline";
import type { PeaksState } from "./usePeaks";

const pitch = 3;
const barWidth = 2;

type WaveformProps = { readonly peaks: PeaksState; readonly height: number; readonly roles: readonly Role[] };

/** Agent up, consumer down. Drawn once a size, a view and a theme; what has been heard is veiled by an element that only moves. */
export function Waveform({ peaks, height, roles }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { scale } = useTimeline();
  const draw = useCallback(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !peaks.peaks || scale.width === 0) return;
    prepare(context, scale.width, height);
    const sides = sidesOf(peaks.peaks, roles);
    drawSide(context, sides, "up", height, bars(sides.up, scale, pitch, height / 2 - 2));
    drawSide(context, sides, "down", height, bars(sides.down, scale, pitch, height / 2 - 2));
  }, [peaks.peaks, roles, scale, height]);
  useEffect(() => {
    draw();
    return onThemeChange(draw);
  }, [draw]);
  return (
    <div className="relative" style={{ height }}>
      <div aria-hidden="true" className="absolute inset-0">
        <canvas ref={canvas} className="size-full" />
      </div>
      <span aria-hidden="true" className="absolute inset-x-0 top-1/2 border-t border-line-2" />
      <Heard />
      {peaks.state === "failed" && (
        <p className="absolute inset-0 flex items-center text-meta text-ink-3">{t("The waveform could not be loaded.")}</p>
      )}
    </div>
  );
}

function prepare(context: CanvasRenderingContext2D, width: number, height: number): void {
  const ratio = devicePixelRatio || 1;
  context.canvas.width = Math.round(width * ratio);
  context.canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

type DrawnBars = ReturnType<typeof bars>;

function drawSide(context: CanvasRenderingContext2D, sides: Sides, side: "up" | "down", height: number, list: DrawnBars): void {
  const style = getComputedStyle(context.canvas);
  const color = sides.mixed ? "--ink-3" : side === "up" ? "--agent" : "--consumer";
  context.fillStyle = style.getPropertyValue(color);
  const middle = height / 2;
  for (const bar of list) context.fillRect(bar.x, side === "up" ? middle - bar.height - 0.5 : middle + 0.5, barWidth, bar.height);
}

/** A veil over what has been heard: light enough that both colours keep their contrast. */
function Heard() {
  const { playback } = useConversation();
  const { scale } = useTimeline();
  const veil = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const move = () => {
      const x = Math.min(Math.max(xOf(scale, playback.time()), 0), scale.width);
      if (veil.current) veil.current.style.transform = `scaleX(${scale.width ? x / scale.width : 0})`;
    };
    move();
    return playback.subscribeTime(move);
  }, [playback, scale]);
  return <span ref={veil} aria-hidden="true" className="absolute inset-0 origin-left bg-surface opacity-[.34] dark:opacity-40" />;
}
