import { useEffect, useRef } from "react";
import { t } from "@/i18n";
import { span } from "@/lib/format";
import { useConversation } from "../conversation";
import { useTime } from "../playback";
import { useTimeline } from "./timeline";

const toSecond = (ms: number) => Math.floor(ms / 1000);

/**
 * The browser's own slider, unseen, over waveform and tracks: pointers, keyboards and screen readers seek with it.
 * The arrows are the page's (5 s, with Shift 15 s), so it steps like the rest of the player.
 */
export function SeekSlider() {
  const { playback, model, goTo } = useConversation();
  const { scale } = useTimeline();
  const input = useRef<HTMLInputElement>(null);
  const second = useTime(playback, toSecond);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a second is enough, and a change of view
  useEffect(() => {
    if (input.current) input.current.value = String(Math.round(playback.time()));
  }, [playback, second, scale]);
  return (
    <input
      ref={input}
      type="range"
      aria-label={t("Seek")}
      aria-valuetext={t("{at} of {length}", { at: span(second * 1000), length: span(toSecond(model.durationMs) * 1000) })}
      min={Math.round(scale.fromMs)}
      max={Math.round(scale.toMs)}
      step={10}
      defaultValue={0}
      onInput={(event) => goTo(Number(event.currentTarget.value))}
      className="seek absolute inset-0 z-[5] m-0 size-full cursor-pointer touch-pan-y"
    />
  );
}
