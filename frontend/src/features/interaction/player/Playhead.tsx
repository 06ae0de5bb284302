import { useEffect, useRef } from "react";
import { useConversation } from "../conversation";
import { xOf } from "../model/time-scale";
import { useTimeline } from "./timeline";

/** One line through all tracks. It moves every frame, without React. */
export function Playhead() {
  const { playback } = useConversation();
  const { scale } = useTimeline();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = () => {
      const x = xOf(scale, playback.time());
      if (!line.current) return;
      line.current.style.transform = `translateX(${x - 1}px)`;
      line.current.style.visibility = x < -1 || x > scale.width + 1 ? "hidden" : "visible";
    };
    move();
    return playback.subscribeTime(move);
  }, [playback, scale]);
  return (
    <div ref={line} aria-hidden="true" className="pointer-events-none absolute top-0 bottom-4 left-0 z-10 w-0.5 bg-ink">
      <span className="absolute -top-px -left-[3px] h-1.5 w-2 rounded-[3px] bg-ink" />
    </div>
  );
}
