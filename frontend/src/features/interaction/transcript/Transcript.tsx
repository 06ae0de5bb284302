import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { useConversation } from "../conversation";
import { type Row, rowAt, rowOfSegment } from "../model/rows";
import { useTime } from "../playback";
import { ActivityLine } from "./ActivityLine";
import { EventLine } from "./EventLine";
import type { English } from "./english";
import { TurnLine } from "./TurnLine";
import type { Search } from "./useSearch";

type TranscriptProps = { readonly search: Search; readonly english: English | null };

/** The turns, virtualised. It follows the clock until the reader scrolls away. */
export function Transcript({ search, english }: TranscriptProps) {
  const { model, playback, following } = useConversation();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = !useMedia("(min-width: 480px)");
  const virtual = useVirtualizer({
    count: model.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(model.rows[index], model.texts, narrow),
    getItemKey: (index) => model.rows[index]?.id ?? index,
    overscan: 6,
    paddingStart: 8,
    paddingEnd: 96,
  });
  const current = useTime(
    playback,
    useCallback((ms: number) => rowAt(model.rows, ms), [model.rows]),
  );
  useFollowing(virtual, current);
  useMeasuredAtRest(virtual);
  useHitScroll(virtual, search, model.rows);
  const hits = useMemo(() => search.bySegment, [search.bySegment]);
  return (
    <div className="relative min-h-0 flex-1">
      <Scroller ref={scroller}>
        <ol
          aria-label={t("Transcript")}
          className="relative"
          style={{ height: virtual.getTotalSize(), "--time": model.durationMs < 3_600_000 ? "40px" : "56px" } as CSSProperties}
        >
          {virtual.getVirtualItems().map((item) => (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-current={item.index === current ? "true" : undefined}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Line
                row={model.rows[item.index]}
                isCurrent={item.index === current}
                hits={hits}
                activeHit={search.active}
                english={english}
              />
            </li>
          ))}
        </ol>
      </Scroller>
      {!following && <JumpToCurrent />}
    </div>
  );
}

type LineProps = {
  readonly row: Row | undefined;
  readonly isCurrent: boolean;
  readonly hits: Search["bySegment"];
  readonly activeHit: number | null;
  readonly english: English | null;
};

function Line({ row, isCurrent, ...rest }: LineProps) {
  const { interaction } = useConversation();
  if (!row) return null;
  if (row.kind === "event") return <EventLine row={row} />;
  if (interaction.transcript?.source === "activity" || !interaction.viewerCan.readTranscript)
    return <ActivityLine row={row} isCurrent={isCurrent} />;
  return <TurnLine row={row} isCurrent={isCurrent} {...rest} />;
}

/** Scrolling by hand means reading elsewhere: the transcript then stops following. */
function Scroller({ ref, children }: { readonly ref: RefObject<HTMLDivElement | null>; readonly children: React.ReactNode }) {
  const { setFollowing } = useConversation();
  const away = () => setFollowing(false);
  const onKey = (event: React.KeyboardEvent) => ["PageUp", "PageDown", "Home", "End"].includes(event.key) && away();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notices that the reader scrolls
    <div
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      onWheel={away}
      onTouchMove={away}
      onKeyDown={onKey}
      onPointerDown={(event) => event.target === event.currentTarget && away()}
      className="absolute inset-0 overflow-y-auto overscroll-contain -outline-offset-2"
    >
      {children}
    </div>
  );
}

function JumpToCurrent() {
  const { setFollowing } = useConversation();
  return (
    <button
      type="button"
      onClick={() => setFollowing(true)}
      className="animate-pop absolute bottom-4 left-1/2 flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full bg-ink px-3.5 font-medium whitespace-nowrap text-on-ink shadow-2 touch:h-11"
    >
      <Icon name="follow" />
      {t("Jump to current")}
    </button>
  );
}

type Virtual = Virtualizer<HTMLDivElement, Element>;

const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function useFollowing(virtual: Virtual, current: number): void {
  const { following } = useConversation();
  const latest = useRef(virtual);
  const scrolled = useRef(false);
  latest.current = virtual;
  useEffect(() => {
    if (!following || !latest.current.scrollElement) return;
    // The first time the page opens at its place; smooth only from line to line.
    const smooth = scrolled.current && !reducedMotion() && isNear(latest.current, current);
    latest.current.scrollToIndex(current, { align: "center", behavior: smooth ? "smooth" : "auto" });
    scrolled.current = true;
  }, [following, current]);
}

/** While the scroll is smooth, only lines near its goal are measured, and the others never again: at rest they are. */
function useMeasuredAtRest(virtual: Virtual): void {
  const { isScrolling } = virtual;
  useEffect(() => {
    if (!isScrolling) virtual.elementsCache.forEach(virtual.measureElement);
  }, [virtual, isScrolling]);
}

function isNear(virtual: Virtual, index: number): boolean {
  const items = virtual.getVirtualItems();
  return index >= (items[0]?.index ?? 0) && index <= (items.at(-1)?.index ?? 0);
}

/** A search hit is looked at without moving the clock. */
function useHitScroll(virtual: Virtual, search: Search, rows: readonly Row[]): void {
  const { setFollowing } = useConversation();
  const latest = useRef(virtual);
  latest.current = virtual;
  const segment = search.active === null ? null : (search.found[search.active]?.segment ?? null);
  useEffect(() => {
    if (segment === null || search.steps === 0) return;
    setFollowing(false);
    const row = rowOfSegment(rows, segment);
    if (row >= 0) latest.current.scrollToIndex(row, { align: "center" });
  }, [segment, search.steps, rows, setFollowing]);
}

function estimate(row: Row | undefined, texts: ReadonlyArray<string | null>, narrow: boolean): number {
  if (row?.kind !== "turn") return 30;
  const length = row.segments.reduce((sum, index) => sum + (texts[index]?.length ?? 0), 0);
  return 12 + (narrow ? 18 : 0) + 22 * Math.max(1, Math.ceil(length / (narrow ? 42 : 76)));
}
