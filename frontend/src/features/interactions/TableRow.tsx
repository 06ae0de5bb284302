import { Link } from "@tanstack/react-router";
import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { Avatar } from "@/components/Avatar";
import { KeyHint } from "@/components/KeyHint";
import { Meter, SentimentMeter } from "@/components/Meter";
import { t } from "@/i18n";
import { interactionAddress } from "@/lib/addresses";
import { clock, interactionNumber, languageCode, languageName } from "@/lib/format";
import { ChannelIcon, IndicatorCount, Missing, StartTime, Topics, WithoutWords } from "./cells";
import type { Column, ColumnName } from "./columns";
import type { Row } from "./items";
import { Outcome } from "./Outcome";
import { RowCheck } from "./RowCheck";
import { rowState } from "./stages";

type RowProps = {
  readonly row: Row;
  /** 0 for the first of the list. */
  readonly index: number;
  readonly columns: readonly Column[];
  readonly topicsWidth: number;
  /** Times with their day, where no header above says it. */
  readonly dated: boolean;
  readonly isCursor: boolean;
  /** True once, after a key has moved the cursor: a row that merely scrolls into sight must not take the focus. */
  readonly takeFocus: () => boolean;
  readonly isTabStop: boolean;
  readonly onCursor: (index: number) => void;
  /** Whether it is chosen; null where there is nothing to choose it for. */
  readonly checked: boolean | null;
  readonly onTick: (id: string, on: boolean, range: boolean) => void;
};

const scoreColumns: readonly ColumnName[] = ["engagement", "sentiment", "topics", "indicators"];

/** One line of the table. The number is its link, stretched over the whole line. */
export function TableRow(props: RowProps) {
  const { row, index, columns, isCursor, isTabStop, checked } = props;
  const state = rowState(row);
  const plain = columns.filter((column) => !scoreColumns.includes(column.name));
  const scores = columns.filter((column) => scoreColumns.includes(column.name));
  const outcome = state === "running" || state === "failed" || state === "not-analysed";
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      onMouseEnter={showWhole}
      className={`group relative grid h-10 grid-cols-(--columns) items-center border-b border-line pr-5 motion-fade ${checked === null ? "pl-5" : "pl-11"} ${checked ? "bg-sunken" : "hover:bg-canvas"} ${isCursor ? "bg-accent-soft! before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent" : ""}`}
    >
      {checked !== null && (
        <div role="cell" className="absolute inset-y-0 left-0 flex w-10 items-center pl-5">
          <RowCheck row={row} checked={checked} tabIndex={isTabStop ? 0 : -1} onFocus={() => props.onCursor(index)} onTick={props.onTick} />
        </div>
      )}
      {plain.map((column) => (
        <Cell key={column.name} column={column}>
          <PlainValue {...props} name={column.name} />
        </Cell>
      ))}
      {outcome ? (
        <div role="cell" aria-colspan={scores.length} className="flex min-w-0" style={{ gridColumn: `${plain.length + 1} / -1` }}>
          <Outcome row={row} skipTab={!isTabStop} />
        </div>
      ) : (
        <Scores row={row} columns={scores} topicsWidth={props.topicsWidth} skipTab={!isTabStop} />
      )}
      {isCursor && <KeyHint keys="↵" className="absolute right-1.5 bg-surface" />}
    </div>
  );
}

/** What is cut off is whole in the row's tooltip: its link lies above the cells, so theirs would never show. */
function showWhole({ currentTarget: line }: MouseEvent<HTMLElement>): void {
  const cut = [...line.querySelectorAll(".truncate")].filter((one) => one.scrollWidth > one.clientWidth);
  line.title = cut.map((one) => one.textContent).join(" · ");
}

function Cell({ column, children }: { readonly column: Column; readonly children: ReactNode }) {
  return (
    <div role="cell" className={`min-w-0 truncate pr-3 ${column.end ? "figures text-right" : ""}`}>
      {children}
    </div>
  );
}

function PlainValue({ row, name, dated, ...rest }: RowProps & { readonly name: ColumnName }) {
  switch (name) {
    case "number":
      return <NumberLink row={row} {...rest} />;
    case "agent":
      return row.agent ? (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={row.agent.name} />
          <span className="truncate font-medium">{row.agent.name}</span>
        </span>
      ) : (
        <Missing>{t("No agent")}</Missing>
      );
    case "consumer":
      return row.consumer ? <span className="text-ink-2">{row.consumer}</span> : <Missing>{t("Not given")}</Missing>;
    case "queue":
      return row.queue ? <span className="text-ink-2">{row.queue.name}</span> : <Missing>{t("No queue")}</Missing>;
    case "team":
      return row.team ? <span className="text-ink-2">{row.team.name}</span> : <Missing>{t("No team")}</Missing>;
    case "channel":
      return <ChannelIcon row={row} />;
    case "time":
      return <StartTime row={row} dated={dated} />;
    case "length":
      return row.durationMs === null ? <Missing>{t("None")}</Missing> : <span className="text-ink-2">{clock(row.durationMs)}</span>;
    case "language":
      return row.language ? (
        <abbr title={languageName(row.language)} className="text-ink-2 no-underline">
          {languageCode(row.language)}
        </abbr>
      ) : null;
    default:
      return null;
  }
}

type LinkProps = Pick<RowProps, "row" | "index" | "isCursor" | "isTabStop" | "takeFocus" | "onCursor">;

function NumberLink({ row, index, isCursor, isTabStop, takeFocus, onCursor }: LinkProps) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCursor && takeFocus()) link.current?.focus({ preventScroll: true });
  }, [isCursor, takeFocus]);
  return (
    <Link
      ref={link}
      to={interactionAddress(row.id)}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => onCursor(index)}
      className="figures font-semibold outline-none after:absolute after:inset-0 after:content-[''] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      <span className="sr-only">{t("Interaction")} </span>
      {interactionNumber(row.number)}
    </Link>
  );
}

type ScoresProps = { readonly row: Row; readonly columns: readonly Column[]; readonly topicsWidth: number; readonly skipTab: boolean };

function Scores({ row, columns, topicsWidth, skipTab }: ScoresProps) {
  const wordless = row.withoutWords;
  const has = (name: ColumnName) => columns.find((column) => column.name === name);
  const [engagement, sentiment, topics, indicators] = scoreColumns.map(has);
  return (
    <>
      {engagement && (
        <Cell column={engagement}>
          {row.engagementScore === null ? <Missing>{t("No score")}</Missing> : <Meter value={row.engagementScore} />}
        </Cell>
      )}
      {wordless && (
        <div role="cell" className="min-w-0 pr-3" style={{ gridColumnEnd: `span ${Number(Boolean(sentiment)) + Number(Boolean(topics))}` }}>
          <WithoutWords short={!topics} />
        </div>
      )}
      {!wordless && sentiment && (
        <Cell column={sentiment}>
          {row.sentimentScore === null ? <Missing>{t("No score")}</Missing> : <SentimentMeter value={row.sentimentScore} />}
        </Cell>
      )}
      {!wordless && topics && (
        <div role="cell" className="min-w-0 overflow-hidden pr-3">
          <Topics topics={row.topics} width={topicsWidth - 12} skipTab={skipTab} />
        </div>
      )}
      {indicators && <Cell column={indicators}>{wordless ? null : <IndicatorCount row={row} />}</Cell>}
    </>
  );
}
