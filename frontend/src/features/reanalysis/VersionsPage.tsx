import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { buttonClass } from "@/components/button-style";
import { Chip, type ChipTone } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime, interactionNumber, number } from "@/lib/format";
import { mayAccount, useViewer, useZone } from "@/lib/viewer";
import { InteractionVersionsDocument, type InteractionVersionsQuery } from "./__generated__";
import { OneRun } from "./OneRun";
import { SideBySide } from "./SideBySide";
import { madeDifferences, making } from "./settings-diff";
import { useFollowing } from "./useRuns";

type Interaction = NonNullable<InteractionVersionsQuery["interaction"]>;
export type Stored = Interaction["analyses"][number];

type PageProps = { readonly id: string; readonly old: string | undefined; readonly onOld: (id: string) => void };

/** The analyses of one interaction, in what they differ, and the way to a new one. */
export function VersionsPage({ id, old, onOld }: PageProps) {
  const [{ data, error, fetching }, again] = useQuery({
    query: InteractionVersionsDocument,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const refresh = () => again({ requestPolicy: "network-only" });
  const interaction = data?.interaction?.id === id ? data.interaction : null;
  useFollowing(interaction?.reanalysis ? [interaction.reanalysis] : [], refresh);
  const slow = useSlow(fetching && !data);
  return (
    <>
      <PageBar
        title={t("Versions")}
        parent={<Back id={id} />}
        note={interaction && <>{[interactionNumber(interaction.number), interaction.agent?.name].filter(Boolean).join(" · ")}</>}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={refresh} />}
        {slow && <Skeleton className="m-5 h-44 max-w-5xl rounded-card!" />}
        {data && !data.interaction && <Missing />}
        {interaction && <Loaded interaction={interaction} old={old} onOld={onOld} onChanged={refresh} />}
      </div>
    </>
  );
}

function Back({ id }: { readonly id: string }) {
  return (
    <Link
      to="/interactions/$id"
      params={{ id }}
      search={{ tab: "details" }}
      aria-label={t("Back to the interaction")}
      className={buttonClass("ghost", "small")}
    >
      <Icon name="chevron-left" />
      {t("Interaction")}
    </Link>
  );
}

type LoadedProps = Omit<PageProps, "id"> & { readonly interaction: Interaction; readonly onChanged: () => void };

function Loaded({ interaction, old, onOld, onChanged }: LoadedProps) {
  const [shown, setShown] = useState(false);
  const { analyses } = interaction;
  const current = analyses.find((one) => one.state === "CURRENT");
  const prepared = analyses.find((one) => one.state === "PREPARED");
  const others = analyses.filter((one) => one !== current);
  const chosen = others.find((one) => one.id === old) ?? prepared ?? others[0];
  if (!current)
    return <EmptyState title={t("It is not analysed")}>{t("There are no versions before the first analysis is done.")}</EmptyState>;
  return (
    <div className="flex max-w-5xl flex-col gap-5 p-4 md:p-5">
      <OneRun interaction={interaction} onChanged={onChanged} />
      {prepared && !interaction.reanalysis && <OfMany />}
      <section aria-label={t("Versions")} className="overflow-hidden rounded-card border border-line bg-surface">
        <ul>
          {analyses.slice(0, shown ? undefined : atFirst).map((one) => (
            <VersionRow
              key={one.id}
              one={one}
              current={current}
              chosen={one === chosen}
              onChoose={one === current ? null : () => onOld(one.id)}
            />
          ))}
        </ul>
        {analyses.length > atFirst && (
          <button
            type="button"
            onClick={() => setShown(!shown)}
            className="h-9 w-full text-meta font-medium text-ink-2 hover:text-ink touch:h-11"
          >
            {shown ? t("Show fewer") : t("Show {count} more", { count: number(analyses.length - atFirst) })}
          </button>
        )}
      </section>
      {chosen ? <SideBySide id={interaction.id} {...sides(chosen, current)} /> : <Only />}
    </div>
  );
}

/** What is prepared came from a run of many, which is made current as a whole, and not here. */
function OfMany() {
  const viewer = useViewer();
  const run = mayAccount(viewer, "account.settings") && (
    <Link to="/admin/analyses" className="font-medium text-ink underline underline-offset-2">
      {t("To the run")}
    </Link>
  );
  return <Notice action={run}>{t("The prepared version is part of a run of several interactions, and becomes current with it.")}</Notice>;
}

const atFirst = 6;

/** What is prepared is the new side; what is former the old one. */
function sides(chosen: Stored, current: Stored) {
  return chosen.state === "PREPARED" ? { old: current.id, fresh: chosen.id } : { old: chosen.id, fresh: current.id };
}

const tones: Record<Stored["state"], ChipTone> = { CURRENT: "positive", PREPARED: "outline", FORMER: "neutral" };

function stateName(state: Stored["state"]): string {
  return state === "CURRENT" ? t("Current") : state === "PREPARED" ? t("Prepared") : t("Former");
}

type RowProps = { readonly one: Stored; readonly current: Stored; readonly chosen: boolean; readonly onChoose: (() => void) | null };

/** When and by what it was made; the current one is what the others are compared with. */
function VersionRow({ one, current, chosen, onChoose }: RowProps) {
  const zone = useZone();
  const apart = madeDifferences(current, one);
  const inside = (
    <>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="figures w-36 font-medium">{dateTime(one.createdAt, zone)}</span>
        <Chip tone={tones[one.state]}>{stateName(one.state)}</Chip>
        <span className="figures text-ink-2">{t("Analyser {version}", { version: one.analyzerVersion })}</span>
      </span>
      <span className="figures mt-0.5 block text-meta text-ink-2">{one === current ? making(one) : made(apart)}</span>
    </>
  );
  const look = `block w-full border-t border-line px-4 py-2.5 text-left md:px-5 ${chosen ? "bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]" : ""}`;
  return (
    <li className="first:*:border-0">
      {onChoose ? (
        <button type="button" aria-pressed={chosen} onClick={onChoose} className={`${look} hover:bg-canvas`}>
          {inside}
        </button>
      ) : (
        <div className={look}>{inside}</div>
      )}
    </li>
  );
}

function made(apart: ReturnType<typeof madeDifferences>): string {
  if (apart.length === 0) return t("Made with the same version and settings");
  const first = apart.slice(0, 3).map(({ name, before, after }) => `${name}: ${after} (${t("now {before}", { before })})`);
  return apart.length > 3 ? `${first.join(" · ")} · ${t("{count} more", { count: apart.length - 3 })}` : first.join(" · ");
}

function Only() {
  return (
    <p className="text-ink-2">
      {t(
        "This is the only analysis so far. After a change of thresholds, indicators, topics or models it can be made again, and both are shown here.",
      )}
    </p>
  );
}

function Missing() {
  return (
    <EmptyState title={t("There is no such interaction")}>
      {t("It may have been removed, or you may not see it with your role.")}
    </EmptyState>
  );
}
