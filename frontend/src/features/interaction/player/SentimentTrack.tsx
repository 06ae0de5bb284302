import { useMemo } from "react";
import { areaOf, line, pathOf, pieces, reach, threshold } from "../model/sentiment";
import { xOf } from "../model/time-scale";
import type { SentimentScore } from "../model/types";
import { useTimeline } from "./timeline";

export const strokes = { POSITIVE: "stroke-positive", NEUTRAL: "stroke-line-3", NEGATIVE: "stroke-negative" };
export const areas = { POSITIVE: "fill-positive/20", NEUTRAL: "fill-none", NEGATIVE: "fill-negative/20" };

const height = 36;

/** The sentiment line in small, below the lanes. The graph in Analytics is the one that answers questions. */
export function SentimentTrack({ score }: { readonly score: SentimentScore }) {
  const { scale } = useTimeline();
  const points = useMemo(() => line(score.points, scale.durationMs), [score.points, scale.durationMs]);
  const most = reach(points);
  const x = (ms: number) => xOf(scale, ms);
  const y = (value: number) => height / 2 - (value / most) * (height / 2 - 2);
  return (
    <svg aria-hidden="true" className="block h-9 w-full overflow-hidden" width={scale.width} height={height}>
      {[threshold, -threshold].map((level) => (
        <line key={level} x2="100%" y1={y(level)} y2={y(level)} strokeDasharray="2 3" className="stroke-line-2" />
      ))}
      {pieces(points).map((piece) => (
        <g key={piece.points[0]?.ms}>
          <path d={areaOf(piece, x, y)} className={areas[piece.of]} />
          <path d={pathOf(piece.points, x, y)} fill="none" strokeWidth={1.5} strokeLinejoin="round" className={strokes[piece.of]} />
        </g>
      ))}
    </svg>
  );
}
