import { type RefObject, useEffect, useRef } from "react";
import { useTimeline } from "./timeline";

/** Sideways wheel moves the view; with Ctrl the wheel (or two fingers on a trackpad) zooms. Not passive: the page must not zoom with it. */
export function usePanGesture(ref: RefObject<HTMLElement | null>): void {
  const timeline = useTimeline();
  const latest = useRef(timeline);
  useEffect(() => {
    latest.current = timeline;
  });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { scale, panBy, zoomIn, zoomOut, fitted } = latest.current;
      if (event.ctrlKey) {
        event.preventDefault();
        (event.deltaY < 0 ? zoomIn : zoomOut)();
      } else if (!fitted && (event.deltaX || event.shiftKey)) {
        event.preventDefault();
        panBy(((event.deltaX || event.deltaY) / Math.max(1, scale.width)) * (scale.toMs - scale.fromMs));
      }
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [ref]);
}
