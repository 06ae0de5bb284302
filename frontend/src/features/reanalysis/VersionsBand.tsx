import { useState } from "react";
import { useQuery } from "urql";
import { ErrorPanel } from "@/components/Panel";
import { Segmented } from "@/components/Segmented";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { addDays, dayOf, dayShort, number } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { VersionsInForceDocument } from "./__generated__";
import { type Lane, lanes, type Window, windowOf } from "./band";

const windows = ["30", "90", "365", "all"] as const;
type Choice = (typeof windows)[number];

/** Which versions made the current analyses, over the days of the conversations: where one ends, figures are not of one making. */
export function VersionsBand({ refreshed }: { readonly refreshed: number }) {
  const today = dayOf(new Date(), useZone());
  const [chosen, setChosen] = useState<Choice>("90");
  const from = chosen === "all" ? null : addDays(today, 1 - Number(chosen));
  const [{ data, error, fetching }, again] = useQuery({
    query: VersionsInForceDocument,
    variables: { from, to: null },
    requestPolicy: "cache-and-network",
    // A run that was made current changes what this shows.
    context: useRefreshed(refreshed),
  });
  const slow = useSlow(fetching && !data);
  const versions = data?.analysisVersions ?? [];
  const shown = windowOf(versions);
  const label = (choice: Choice) =>
    choice === "all" ? t("All") : choice === "365" ? t("1 year") : t("{days} days", { days: Number(choice) });
  return (
    <section aria-label={t("Versions in force")} className="rounded-card border border-line bg-surface">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-4 md:px-5">
        <h2 className="text-title font-semibold tracking-[-0.01em]">{t("What the figures were made by")}</h2>
        <Segmented
          label={t("Days shown")}
          value={chosen}
          onChange={setChosen}
          className="whitespace-nowrap"
          options={windows.map((value) => ({ value, label: label(value) }))}
        />
      </header>
      <div className="px-4 pt-2 pb-4 md:px-5">
        {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />}
        {slow && <Skeleton className="h-20" />}
        {data && !shown && <p className="text-ink-2">{t("No conversation of these days is analysed.")}</p>}
        {shown && <Lanes lanes={lanes(versions, shown)} shown={shown} today={today} />}
      </div>
    </section>
  );
}

/** The same context until a run is made current, then another one: the query is asked anew. */
function useRefreshed(count: number) {
  const [held, setHeld] = useState({ count, context: {} });
  if (held.count !== count) setHeld({ count, context: {} });
  return held.context;
}

type LanesProps = { readonly lanes: readonly Lane[]; readonly shown: Window; readonly today: string };

function Lanes({ lanes, shown, today }: LanesProps) {
  const most = Math.max(...lanes.flatMap((lane) => lane.blocks.map((block) => block.count)));
  return (
    <>
      <p className="max-w-[70ch] text-ink-2">
        {lanes.length === 1
          ? t("All of these conversations were analysed by one version with one set of settings: their figures compare.")
          : t(
              "{count} makings in this window: where they change, a difference of figures may be one of versions and not of conversations.",
              {
                count: lanes.length,
              },
            )}
      </p>
      <ol className="mt-3 flex flex-col gap-3">
        {lanes.map((lane, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: in the order of their sizes, without an id of their own
          <li key={index} className="grid gap-x-5 gap-y-1 md:grid-cols-[minmax(220px,2fr)_minmax(0,3fr)]">
            <Making lane={lane} main={index === 0} alone={lanes.length === 1} />
            <Track lane={lane} most={most} today={today} />
          </li>
        ))}
      </ol>
      <p aria-hidden="true" className="figures mt-1 flex justify-between text-axis text-ink-3 md:ml-[calc(40%+12px)]">
        <span>{dayShort(shown.from, today)}</span>
        {shown.to !== shown.from && <span>{dayShort(shown.to, today)}</span>}
      </p>
    </>
  );
}

function Making({ lane, main, alone }: { readonly lane: Lane; readonly main: boolean; readonly alone: boolean }) {
  const { version, apart } = lane;
  const first = apart.slice(0, 2);
  return (
    <div className="min-w-0">
      <p className="figures font-medium">
        {t("Analyser {version}", { version: version.analyzerVersion })}{" "}
        <span className="font-normal text-ink-2">
          {t("{count, plural, one {# conversation} other {# conversations}}", { count: version.interactions })}
        </span>
      </p>
      {!main && (
        <ul className="figures text-meta text-ink-2">
          {first.map(({ name, before, after }) => (
            <li key={name} className="wrap-anywhere">
              {name}: <span className="font-medium text-ink">{after}</span> {t("instead of {before}", { before })}
            </li>
          ))}
          {apart.length > first.length && (
            <li title={apart.map(({ name, before, after }) => `${name}: ${before} → ${after}`).join("\n")}>
              {t("and {count} more differences", { count: apart.length - first.length })}
            </li>
          )}
        </ul>
      )}
      {main && !alone && <p className="text-meta text-ink-3">{t("Most conversations; the others are compared with it")}</p>}
    </div>
  );
}

type TrackProps = { readonly lane: Lane; readonly most: number; readonly today: string };

/** Blocks where there were conversations, the fuller the more. */
function Track({ lane, most, today }: TrackProps) {
  const { firstDay, lastDay } = lane.version;
  const days = firstDay === lastDay ? dayShort(firstDay, today) : `${dayShort(firstDay, today)} – ${dayShort(lastDay, today)}`;
  return (
    <div role="img" aria-label={t("Conversations of {days}", { days })} className="relative h-8 self-center rounded-chip bg-sunken">
      {lane.blocks.map((block) => (
        <span
          key={block.from}
          title={`${block.from === block.to ? dayShort(block.from, today) : `${dayShort(block.from, today)} – ${dayShort(block.to, today)}`}: ${number(block.count)}`}
          className="absolute bottom-0 min-w-0.5 rounded-t-[2px] bg-ink-2"
          style={{ left: `${block.left * 100}%`, width: `calc(${block.width * 100}% - 1px)`, height: `${25 + 75 * (block.count / most)}%` }}
        />
      ))}
    </div>
  );
}
