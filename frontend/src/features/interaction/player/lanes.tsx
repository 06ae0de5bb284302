import { clock } from "@/lib/format";
import type { Lane } from "../model/conversation";
import { lanePath } from "../model/lanes";
import { ticks } from "../model/time-scale";
import { useTimeline } from "./timeline";

const fills = { AGENT: "fill-agent", CONSUMER: "fill-consumer", OTHER: "fill-ink-3" };

/** Who spoke when, on a sunken track. The words say the same in the transcript, so this one is for eyes. */
export function LaneTrack({ lane }: { readonly lane: Lane }) {
  const { scale } = useTimeline();
  return (
    <svg aria-hidden="true" className="block h-3.5 w-full" width={scale.width} height={14}>
      <rect y={3} width="100%" height={8} rx={2} className="fill-sunken" />
      <path d={lanePath(lane.intervals, scale)} className={fills[lane.role]} />
    </svg>
  );
}

export function Axis() {
  const { scale } = useTimeline();
  return (
    <div aria-hidden="true" className="figures relative h-4 overflow-x-clip text-axis text-ink-3">
      {ticks(scale).map((tick, index) => {
        const last = tick.x > scale.width - 18;
        const shift = index === 0 && tick.x < 18 ? "" : last ? "-translate-x-full" : "-translate-x-1/2";
        return (
          <span key={tick.ms} className={`absolute top-0 ${shift}`} style={{ left: last ? scale.width : tick.x }}>
            {clock(tick.ms)}
          </span>
        );
      })}
    </div>
  );
}
