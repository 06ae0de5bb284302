import { lazy, Suspense, useId, useMemo, useRef, useState } from "react";
import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { useConversation } from "../conversation";
import { cluster } from "../model/cluster";
import { areaOf, className, line, type Point, pathOf, pieces, reach, threshold, valueAt } from "../model/sentiment";
import { ticks } from "../model/time-scale";
import type { SentimentChange, SentimentScore } from "../model/types";
import { areas, strokes } from "../player/SentimentTrack";
import { useWidth } from "../player/timeline";
import { Card } from "./Card";
import { How } from "./How";

// What a press opens comes with it.
const ChangePopup = lazy(async () => ({ default: (await import("./ChangePopup")).ChangePopup }));

const height = 84;
const labelWidth = 56;

/** The line of sentiment; each change of class is a point that opens its passage in the card's own space. */
export function SentimentOverTime() {
  const { interaction } = useConversation();
  const score = interaction.analysis?.sentimentScore;
  if (!score || score.points.length === 0) return null;
  return (
    <Card
      wide
      title={t("Sentiment over time")}
      note={
        <>
          {t("{count, plural, =0 {no change} one {# change} other {# changes}}", { count: score.changes.length })}
          <How of="SENTIMENT_LINE" />
        </>
      }
    >
      <Chart score={score} />
    </Card>
  );
}

function Chart({ score }: { readonly score: SentimentScore }) {
  const { model } = useConversation();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const popup = useId();
  const [chosen, setChosen] = useState<number | null>(null);
  const points = useMemo(() => line(score.points, model.durationMs), [score.points, model.durationMs]);
  const most = reach(points);
  const x = (ms: number) => (ms / Math.max(1, model.durationMs)) * width;
  const y = (value: number) => height / 2 - (value / most) * (height / 2 - 4);
  const change = chosen === null ? undefined : score.changes[chosen];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what a point has opened
    <div style={{ paddingLeft: labelWidth }} className="relative" onKeyDown={(event) => event.key === "Escape" && setChosen(null)}>
      <ScaleNames />
      <div ref={box} className="relative" style={{ height }}>
        <Graph points={points} x={x} y={y} width={width} />
        <Changes changes={score.changes} points={points} x={x} y={y} width={width} chosen={chosen} onChoose={setChosen} popup={popup} />
      </div>
      <TimeAxis width={width} />
      {change && (
        <Suspense>
          <ChangePopup
            id={popup}
            change={change}
            stem={{ x: labelWidth + within(x(change.ms), width), top: y(valueAt(points, change.ms)) }}
            inset={labelWidth}
          />
        </Suspense>
      )}
    </div>
  );
}

type Places = {
  readonly points: readonly Point[];
  readonly x: (ms: number) => number;
  readonly y: (value: number) => number;
  readonly width: number;
};

function Graph({ points, x, y, width }: Places) {
  return (
    <svg aria-hidden="true" width={width} height={height} className="block overflow-visible">
      {[threshold, -threshold].map((level) => (
        <line key={level} x2={width} y1={y(level)} y2={y(level)} strokeDasharray="2 3" className="stroke-line-3/60" />
      ))}
      {pieces(points).map((piece) => (
        <g key={piece.points[0]?.ms}>
          <path d={areaOf(piece, x, y)} className={areas[piece.of]} />
          <path d={pathOf(piece.points, x, y)} fill="none" strokeWidth={1.75} strokeLinejoin="round" className={strokes[piece.of]} />
        </g>
      ))}
    </svg>
  );
}

type ChangesProps = Places & {
  readonly changes: readonly SentimentChange[];
  readonly chosen: number | null;
  readonly onChoose: (index: number | null) => void;
  readonly popup: string;
};

/** A point at the chart's edge keeps all of itself inside. */
const within = (at: number, width: number) => Math.min(Math.max(at, 8), Math.max(8, width - 8));

/** Changes that stand too close to be pressed apart share a point, which goes through them. */
function Changes({ changes, points, x, y, width, chosen, onChoose, popup }: ChangesProps) {
  const anchorOf = (index: number) => within(x(changes[index]?.ms ?? 0), width);
  const middle = (group: readonly number[]) => (anchorOf(group[0] ?? 0) + anchorOf(group.at(-1) ?? 0)) / 2;
  const boxOf = (group: readonly number[]) => ({ left: middle(group) - 12, right: middle(group) + 12 });
  const groups = cluster([...changes.keys()], { anchorOf, boxOf, closerThan: 24, gap: 0 });
  return (
    <ul aria-label={t("Changes of sentiment")}>
      {groups.map(({ items, left }) => {
        const shown = items.find((index) => index === chosen) ?? (items[0] as number);
        const change = changes[shown] as SentimentChange;
        const place = { left: shown === chosen ? anchorOf(shown) : left + 12, top: y(valueAt(points, change.ms)) };
        return (
          <li key={items[0]} className="absolute -translate-x-1/2 -translate-y-1/2" style={place}>
            <ChangePoint
              change={change}
              count={items.length}
              on={shown === chosen}
              popup={popup}
              onPress={() => onChoose(after(items, chosen))}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** The first of a group, then the next, then none. */
function after(items: readonly number[], chosen: number | null): number | null {
  const at = chosen === null ? -1 : items.indexOf(chosen);
  return items[at + 1] ?? null;
}

type PointProps = {
  readonly change: SentimentChange;
  readonly count: number;
  readonly on: boolean;
  readonly popup: string;
  readonly onPress: () => void;
};

function ChangePoint({ change, count, on, popup, onPress }: PointProps) {
  const names = { from: className(change.from), to: className(change.to), at: clock(change.ms), count };
  const name = count === 1 ? t("{from} to {to} at {at}", names) : t("{from} to {to} at {at}, one of {count} changes", names);
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      aria-expanded={on}
      aria-controls={on ? popup : undefined}
      data-testid="sentiment-change"
      onClick={onPress}
      className="group flex size-6 items-center justify-center rounded-full"
    >
      <span
        className={`figures flex h-3 min-w-3 items-center justify-center rounded-full border-2 border-ink text-[10px] leading-none font-semibold ${count > 1 ? "h-4! px-1" : ""} ${on ? "bg-ink text-on-ink shadow-[0_0_0_4px_color-mix(in_srgb,var(--ink)_16%,transparent)]" : "bg-surface group-hover:bg-ink group-hover:text-on-ink"}`}
      >
        {count > 1 && count}
      </span>
    </button>
  );
}

function ScaleNames() {
  const at = "absolute left-0 text-axis text-ink-3";
  return (
    <div aria-hidden="true">
      <span className={`${at} top-0`}>{t("Positive")}</span>
      <span className={`${at} top-[34px]`}>{t("Neutral")}</span>
      <span className={`${at} top-[68px]`}>{t("Negative")}</span>
    </div>
  );
}

function TimeAxis({ width }: { readonly width: number }) {
  const { model } = useConversation();
  const scale = { durationMs: model.durationMs, fromMs: 0, toMs: Math.max(1, model.durationMs), width };
  return (
    <div aria-hidden="true" className="figures relative h-4 text-axis text-ink-3">
      {ticks(scale, 90).map((tick, index) => (
        <span key={tick.ms} className={`absolute ${index === 0 ? "" : "-translate-x-1/2"}`} style={{ left: Math.min(tick.x, width - 14) }}>
          {clock(tick.ms)}
        </span>
      ))}
    </div>
  );
}
