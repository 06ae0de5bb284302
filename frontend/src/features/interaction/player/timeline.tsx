/** The view and the time scale that every track of the player shares. */
import { createContext, type RefObject, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { follow, isFitted, pan, type TimeScale, type View, wholeView, zoom, zoomTo } from "../model/time-scale";
import type { Playback } from "../playback";

export type Timeline = {
  readonly scale: TimeScale;
  readonly fitted: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly showAll: () => void;
  readonly showSpan: (startMs: number, endMs: number) => void;
  readonly panTo: (fromMs: number) => void;
  readonly panBy: (ms: number) => void;
};

const TimelineContext = createContext<Timeline | null>(null);

export const TimelineProvider = TimelineContext.Provider;

export function useTimeline(): Timeline {
  const found = useContext(TimelineContext);
  if (!found) throw new Error("useTimeline is called outside the player");
  return found;
}

export function useNewTimeline(playback: Playback, durationMs: number, width: number): Timeline {
  const [view, setView] = useState<View>(() => wholeView(durationMs));
  const [known, setKnown] = useState(durationMs);
  if (known !== durationMs) {
    setKnown(durationMs);
    setView(wholeView(durationMs));
  }
  useFollow(playback, durationMs, setView);
  return useMemo(() => {
    const scale = { ...view, durationMs, width };
    const zoomBy = (factor: number) => setView((now) => zoom(now, durationMs, factor, playback.time()));
    return {
      scale,
      fitted: isFitted(view, durationMs),
      zoomIn: () => zoomBy(2),
      zoomOut: () => zoomBy(0.5),
      showAll: () => setView(wholeView(durationMs)),
      showSpan: (startMs: number, endMs: number) => setView(zoomTo(startMs, endMs, durationMs)),
      panTo: (fromMs: number) => setView((now) => pan(now, durationMs, fromMs - now.fromMs)),
      panBy: (ms: number) => setView((now) => pan(now, durationMs, ms)),
    };
  }, [view, durationMs, width, playback]);
}

/** While it plays, the view turns its page with the playhead; a seek brings the playhead back into it. A reader's own panning is left alone. */
function useFollow(playback: Playback, durationMs: number, setView: (change: (now: View) => View) => void): void {
  const last = useRef(playback.time());
  const onTime = useCallback(() => {
    const ms = playback.time();
    const moved = ms !== last.current;
    const before = last.current;
    last.current = ms;
    if (moved) setView((now) => (inView(now, before) || !playback.snapshot().playing ? follow(now, durationMs, ms) : now));
  }, [playback, durationMs, setView]);
  useEffect(() => playback.subscribeTime(onTime), [playback, onTime]);
}

const inView = (view: View, ms: number) => ms >= view.fromMs && ms <= view.toMs;

/** Width of an element, as it changes. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
