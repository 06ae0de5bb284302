import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Avatar } from "@/components/Avatar";
import { Meter, SentimentMeter } from "@/components/Meter";
import { t } from "@/i18n";
import { interactionAddress } from "@/lib/addresses";
import { clock, interactionNumber } from "@/lib/format";
import { ChannelIcon, StartTime, Topics, WithoutWords } from "./cells";
import type { Row } from "./items";
import { Outcome } from "./Outcome";
import { RowCheck } from "./RowCheck";
import { rowState } from "./stages";

type CardProps = {
  readonly row: Row;
  readonly index: number;
  readonly width: number;
  /** Times with their day, where no header above says it. */
  readonly dated: boolean;
  readonly isCursor: boolean;
  /** True once, after a key has moved the cursor: a row that merely scrolls into sight must not take the focus. */
  readonly takeFocus: () => boolean;
  readonly onCursor: (index: number) => void;
  /** Whether it is chosen; null where there is nothing to choose it for. */
  readonly checked: boolean | null;
  readonly onTick: (id: string, on: boolean, range: boolean) => void;
};

/** An interaction on a phone: agent and channel on top, facts, meters side by side, topics. */
export function Card({ row, index, width, dated, checked, onTick, ...cursor }: CardProps) {
  const state = rowState(row);
  return (
    <article
      className={`relative flex flex-col gap-1.5 border-b border-line py-3 pr-4 ${checked === null ? "pl-4" : "pl-11"} ${cursor.isCursor ? "bg-accent-soft" : checked ? "bg-sunken" : ""}`}
    >
      {checked !== null && (
        <div className="absolute top-0 left-0 flex h-12 w-11 items-center pl-4">
          <RowCheck row={row} checked={checked} onFocus={() => cursor.onCursor(index)} onTick={onTick} />
        </div>
      )}
      <CardTitle row={row} index={index} dated={dated} {...cursor} />
      <Facts row={row} dated={dated} />
      {state === "scored" || state === "without-words" ? <CardScores row={row} /> : <Outcome row={row} wrap />}
      {row.topics.length > 0 && <Topics topics={row.topics} width={width - (checked === null ? 32 : 60)} />}
    </article>
  );
}

function CardTitle({ row, index, dated, isCursor, takeFocus, onCursor }: Omit<CardProps, "width" | "checked" | "onTick">) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCursor && takeFocus()) link.current?.focus({ preventScroll: true });
  }, [isCursor, takeFocus]);
  const name = row.agent?.name ?? t("No agent");
  return (
    <div className="flex items-center gap-2">
      {row.agent && <Avatar name={name} />}
      <Link
        ref={link}
        to={interactionAddress(row.id)}
        onFocus={() => onCursor(index)}
        className="min-w-0 flex-1 truncate text-prompt font-medium outline-none after:absolute after:inset-0 after:content-[''] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        {name}
        <span className="sr-only">, {t("interaction {number}", { number: row.number })}</span>
      </Link>
      {dated && (
        <span className="figures text-meta text-ink-2">
          <StartTime row={row} dated />
        </span>
      )}
      <ChannelIcon row={row} />
    </div>
  );
}

function Facts({ row, dated }: { readonly row: Row; readonly dated: boolean }) {
  const facts = [interactionNumber(row.number), row.consumer, row.queue?.name].filter(Boolean);
  return (
    <p className="figures flex text-ink-2">
      <span className="min-w-0 truncate">{facts.join(" · ")}</span>
      {!dated && (
        <span className="shrink-0 whitespace-pre">
          {" · "}
          <StartTime row={row} dated={false} />
        </span>
      )}
      {row.durationMs !== null && <span className="ml-auto pl-3">{clock(row.durationMs)}</span>}
    </p>
  );
}

function CardScores({ row }: { readonly row: Row }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-ink-2">
      {row.engagementScore !== null && (
        <span className="flex items-center gap-1 text-meta">
          <span aria-hidden="true">{t("Engagement")}</span>
          <Meter value={row.engagementScore} track="w-10" />
        </span>
      )}
      {row.withoutWords && <WithoutWords short />}
      {row.sentimentScore !== null && (
        <span className="flex items-center gap-1 text-meta">
          <span aria-hidden="true">{t("Sentiment")}</span>
          <SentimentMeter value={row.sentimentScore} track="w-10" />
        </span>
      )}
    </div>
  );
}
