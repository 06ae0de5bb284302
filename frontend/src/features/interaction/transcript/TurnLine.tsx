import { Link } from "@tanstack/react-router";
import { type MouseEvent, useCallback, useMemo } from "react";
import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { useConversation } from "../conversation";
import { roleInk } from "../kinds";
import type { TurnRow } from "../model/rows";
import { type Hit, nest, pieces } from "../model/spans";
import { roleName, shortName } from "../model/speakers";
import { wordAt, wordsOf } from "../model/words";
import { useTime } from "../playback";
import { toSeconds } from "../search";
import { CopyLink } from "./CopyLink";
import type { English } from "./english";
import { Tree } from "./Tree";

type TurnProps = {
  readonly row: TurnRow;
  readonly isCurrent: boolean;
  readonly hits: ReadonlyMap<number, readonly Hit[]>;
  readonly activeHit: number | null;
};

export function TurnLine({ english, ...turn }: TurnProps & { readonly english: English | null }) {
  const { row, isCurrent, hits } = turn;
  const { goTo, words, interaction } = useConversation();
  // What was searched for stands in the original.
  const said = english?.line(row) ?? null;
  const alone = said !== null && !english?.both && !row.segments.some((segment) => hits.has(segment));
  const onClick = (event: MouseEvent) => {
    // A reader who marks text wants to copy it, not to listen.
    if (!getSelection()?.isCollapsed || !(event.target instanceof Element)) return;
    const word = event.target.closest("[data-word]")?.getAttribute("data-word");
    if (word && words) goTo(words.startsMs[Number(word)] ?? row.startMs);
  };
  return (
    <div
      className={`group relative grid grid-cols-[var(--time)_minmax(0,1fr)] gap-x-2 px-4 py-1.5 sm:grid-cols-[var(--time)_60px_minmax(0,600px)] md:px-5 ${isCurrent ? "bg-accent-soft" : ""}`}
    >
      {isCurrent && <span aria-hidden="true" className="absolute inset-y-0 left-0 w-[3px] bg-accent" />}
      <TimeLink ms={row.startMs} />
      <Speaker row={row} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for pointers; the time is the link */}
      <p
        lang={interaction.transcript?.language}
        onClick={onClick}
        className="col-start-2 text-turn text-pretty sm:col-start-3"
        hidden={alone}
      >
        {!alone && <TurnText {...turn} />}
      </p>
      {said}
      <CopyLink ms={row.startMs} />
    </div>
  );
}

export function TimeLink({ ms }: { readonly ms: number }) {
  const { goTo } = useConversation();
  return (
    <Link
      from="/interactions/$id"
      search={(before: Record<string, unknown>) => ({ ...before, t: toSeconds(ms) })}
      replace
      onClick={() => goTo(ms)}
      aria-label={t("Go to {at}", { at: clock(ms) })}
      className="figures relative -mx-1 rounded-chip px-1 text-body leading-[22px] text-ink-2 hover:bg-sunken hover:text-ink touch:after:absolute touch:after:-inset-x-2 touch:after:-inset-y-2.5"
    >
      {clock(ms)}
    </Link>
  );
}

export function Speaker({ row }: { readonly row: TurnRow }) {
  const { model } = useConversation();
  const name = model.names.get(row.speaker) ?? roleName(row.role);
  return (
    <span className={`truncate text-body leading-[22px] font-medium ${roleInk(row.role)}`} title={`${name}, ${roleName(row.role)}`}>
      {shortName(name)}
      <span className="sr-only">, {roleName(row.role)}</span>
    </span>
  );
}

function TurnText({ row, isCurrent, hits, activeHit }: TurnProps) {
  const { model, words, shown, activeId, playback } = useConversation();
  const trees = useMemo(
    () =>
      row.segments.map((segment) => {
        const marks = model.highlights
          .filter((one) => shown.has(one.kind))
          .flatMap((highlight) => highlight.parts.filter((part) => part.segment === segment).map((part) => ({ ...part, highlight })));
        return nest(pieces(model.texts[segment] ?? "", wordsOf(words, segment), marks, hits.get(segment) ?? []));
      }),
    [row.segments, model, words, shown, hits],
  );
  const spoken = useTime(
    playback,
    useCallback((ms: number) => (isCurrent ? wordAt(words, row.segments, ms) : -1), [isCurrent, words, row.segments]),
  );
  return trees.map((tree, index) => (
    <span key={row.segments[index]}>
      {index > 0 && " "}
      <Tree trees={tree} spoken={spoken} activeHit={activeHit} activeId={activeId} />
    </span>
  ));
}
