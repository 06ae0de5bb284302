import { useState } from "react";
import { PageBar } from "@/app/PageBar";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { cellClass, headClass, Table } from "@/components/Table";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime, dayOf, number } from "@/lib/format";
import { may, useViewer, useZone } from "@/lib/viewer";
import { DifferenceTable } from "./DifferenceTable";
import { isOpen, type Run, scopeLabel, stateLabel } from "./model";
import { RunCard } from "./RunCard";
import { StartDialog } from "./StartDialog";
import { useRuns } from "./useRuns";
import { VersionsBand } from "./VersionsBand";

/** Runs of re-analysis: begun here, followed, compared, made current or discarded. */
export function AnalysesPage() {
  const { runs, error, fetching, refresh } = useRuns();
  const viewer = useViewer();
  const [starting, setStarting] = useState(false);
  const slow = useSlow(fetching && !runs);
  const open = runs?.filter(isOpen) ?? [];
  const past = runs?.filter((run) => !isOpen(run)) ?? [];
  const startButton = (
    <Button variant="primary" onPress={() => setStarting(true)}>
      {t("Analyse again")}
    </Button>
  );
  return (
    <>
      <PageBar title={t("Analyses")}>{runs && runs.length > 0 && !open.some((run) => !run.interaction) && startButton}</PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && !runs && <ErrorPanel message={errorMessage(error)} onRetry={refresh} />}
        {slow && <Skeleton className="m-5 h-44 max-w-5xl rounded-card!" />}
        {runs?.length === 0 && (
          <EmptyState title={t("Nothing has been analysed again yet")} action={startButton}>
            {t(
              "After a change of thresholds, indicators or topics, or a new version of the analysis, have interactions analysed again, look at what differs, and make it current in one step.",
            )}
          </EmptyState>
        )}
        {runs && (
          <div className="flex max-w-5xl flex-col gap-4 p-4 md:p-5">
            {open.map((run) => (
              <RunCard key={run.id} run={run} onChanged={refresh} />
            ))}
            {may(viewer, "interaction.read") && <VersionsBand refreshed={past.length} />}
          </div>
        )}
        {past.length > 0 && <Past runs={past} />}
      </div>
      {starting && <StartDialog onClose={() => setStarting(false)} onStarted={refresh} />}
    </>
  );
}

function Past({ runs }: { readonly runs: readonly Run[] }) {
  const zone = useZone();
  const today = dayOf(new Date(), zone);
  const [opened, setOpened] = useState<Run | null>(null);
  return (
    <section className="max-w-5xl pb-6">
      <h2 className="px-4 pt-4 pb-2 font-semibold md:px-5">{t("Earlier runs")}</h2>
      <Table
        label={t("Earlier runs")}
        head={
          <>
            <th className={headClass}>{t("Interactions")}</th>
            <th className={headClass}>{t("Outcome")}</th>
            <th className={`${headClass} hidden sm:table-cell`}>{t("By")}</th>
            <th className={headClass}>{t("Ended")}</th>
          </>
        }
      >
        {runs.map((run) => (
          <tr key={run.id}>
            <td className={cellClass}>
              <Scope run={run} today={today} onOpen={() => setOpened(run)} />
            </td>
            <td className={`${cellClass} figures`}>
              {stateLabel(run)} <span className="text-ink-2">{outcome(run)}</span>
            </td>
            <td className={`${cellClass} hidden sm:table-cell`}>{run.startedBy?.name ?? "–"}</td>
            <td className={`${cellClass} figures whitespace-nowrap`}>{run.endedAt ? dateTime(run.endedAt, zone) : "–"}</td>
          </tr>
        ))}
      </Table>
      {opened && (
        <Dialog title={scopeLabel(opened, today)} isOpen onClose={() => setOpened(null)} width="max-w-4xl">
          <div className="-mx-5 -mt-5 -mb-2">
            <DifferenceTable run={opened} />
          </div>
        </Dialog>
      )}
    </section>
  );
}

type ScopeProps = { readonly run: Run; readonly today: string; readonly onOpen: () => void };

/** What a run differed in stays on record once it was made current; of a discarded one nothing is kept. */
function Scope({ run, today, onOpen }: ScopeProps) {
  const label = scopeLabel(run, today);
  if (run.state !== "APPLIED") return label;
  return (
    <button type="button" onClick={onOpen} className="py-1 text-left font-medium underline-offset-2 hover:underline touch:py-2.5">
      {label}
    </button>
  );
}

function outcome(run: Run): string {
  if (run.state === "CANCELLED") return t("of {total}", { total: number(run.total) });
  return t("{current} of {total}", { current: number(run.progress.current), total: number(run.total) });
}
