import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { t } from "@/i18n";
import { useConversation } from "../conversation";

/** Heights as shares of what the player leaves: tabs alone, half, nearly all. The transcript gets the rest; nothing is covered. */
const stops = [0, 0.56, 0.94] as const;
/** What the clock moves by itself between two calls, at double speed and on a slow machine. */
const longestFrameMs = 1_000;

export function BottomSheet({ children }: { readonly children: ReactNode }) {
  const sheet = useRef<HTMLElement>(null);
  const [stop, setStop] = useState(0);
  const [dragged, setDragged] = useState<number | null>(null);
  useMakeRoom(stop, setStop);
  const share = dragged ?? stops[stop] ?? 0;
  const names = [t("Open the analysis"), t("Open the analysis fully"), t("Close the analysis")];
  return (
    <aside
      ref={sheet}
      aria-label={t("Analysis")}
      // Opening by its tabs opens it at once.
      onClickCapture={(event) => stop === 0 && event.target instanceof Element && event.target.closest("[role=tab]") && setStop(1)}
      className={`flex shrink-0 flex-col overflow-hidden rounded-t-sheet border-t border-line bg-surface shadow-[0_-4px_16px_rgb(0_0_0/8%)] ${dragged === null ? "transition-[height] duration-180 motion-reduce:transition-none" : ""}`}
      style={{ height: `max(76px, ${share * 100}%)` }}
    >
      <Handle
        label={names[stop] ?? ""}
        onPress={() => setStop((stop + 1) % stops.length)}
        sheet={sheet}
        onDrag={setDragged}
        onDrop={(at) => [setDragged(null), setStop(nearest(at))]}
      />
      {children}
    </aside>
  );
}

/** A passage that is gone to has to be seen: the full sheet then gives the transcript its half. */
function useMakeRoom(stop: number, setStop: (stop: number) => void): void {
  const { playback } = useConversation();
  useEffect(() => {
    if (stop !== stops.length - 1) return;
    let last = playback.time();
    return playback.subscribeTime(() => {
      const jumped = Math.abs(playback.time() - last) > longestFrameMs;
      last = playback.time();
      if (jumped) setStop(1);
    });
  }, [playback, stop, setStop]);
}

type HandleProps = {
  readonly label: string;
  readonly onPress: () => void;
  readonly sheet: React.RefObject<HTMLElement | null>;
  readonly onDrag: (share: number) => void;
  readonly onDrop: (share: number) => void;
};

function Handle({ label, onPress, sheet, onDrag, onDrop }: HandleProps) {
  const start = useRef<{ readonly y: number; readonly share: number; moved: boolean } | null>(null);
  const whole = () => sheet.current?.parentElement?.clientHeight ?? 1;
  const shareAt = (event: PointerEvent) => {
    const begun = start.current;
    return begun ? Math.min(0.94, Math.max(0, begun.share + (begun.y - event.clientY) / whole())) : 0;
  };
  return (
    <button
      type="button"
      aria-label={label}
      onClick={() => !start.current?.moved && onPress()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { y: event.clientY, share: (sheet.current?.clientHeight ?? 0) / whole(), moved: false };
      }}
      onPointerMove={(event) => {
        const begun = start.current;
        if (!begun || event.buttons === 0) return;
        if (Math.abs(event.clientY - begun.y) > 6) begun.moved = true;
        if (begun.moved) onDrag(shareAt(event));
      }}
      onPointerUp={(event) => start.current?.moved && onDrop(shareAt(event))}
      className="flex h-6 touch:h-8 shrink-0 cursor-grab touch-none items-center justify-center"
    >
      <span className="h-1 w-9 rounded-full bg-line-2" />
    </button>
  );
}

function nearest(share: number): number {
  const distances = stops.map((one) => Math.abs(one - share));
  return distances.indexOf(Math.min(...distances));
}
