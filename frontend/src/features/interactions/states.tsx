import { Link } from "@tanstack/react-router";
import { buttonClass } from "@/components/button-style";
import { Command, EmptyState } from "@/components/Panel";
import { Skeleton } from "@/components/Skeleton";
import { t } from "@/i18n";
import { mayAccount, useViewer } from "@/lib/viewer";
import type { Column, ColumnName } from "./columns";

export function NoInteractions() {
  const viewer = useViewer();
  if (!viewer.account.analysisEnabled) return <AnalysisOff mayChange={mayAccount(viewer, "account.settings")} />;
  return (
    <EmptyState
      title={t("No interactions yet")}
      action={
        <Link to="/about" className={buttonClass()}>
          {t("What is installed here")}
        </Link>
      }
    >
      <p className="mb-3">{t("Calls appear here, with their progress, as soon as they are taken in. From the command line:")}</p>
      <Command text="assay ingest --agent agent.wav --consumer consumer.wav" />
      <p className="mt-3">
        {t("Where the contact centre has a transcript already, add it with --transcript. You see the calls of the agents in your scope.")}
      </p>
    </EmptyState>
  );
}

function AnalysisOff({ mayChange }: { readonly mayChange: boolean }) {
  const settings = mayChange && (
    <Link to="/admin/settings" className={buttonClass()}>
      {t("Go to the settings")}
    </Link>
  );
  return (
    <EmptyState title={t("No interactions yet")} action={settings}>
      {mayChange
        ? t("Analysis is switched off for this account, so no conversation is taken in. Switch it on in the settings.")
        : t("Analysis is switched off for this account, so no conversation is taken in. Ask who looks after its settings.")}
    </EmptyState>
  );
}

export function NoMatch({ text, onClear }: { readonly text: string | undefined; readonly onClear: () => void }) {
  const clear = (
    <button type="button" className={buttonClass()} onClick={onClear}>
      {t("Clear filters")}
    </button>
  );
  return (
    <EmptyState title={t("No interactions match")} action={clear}>
      {text
        ? t("No transcript within these filters has all the words of “{text}”. Calls without words cannot be searched.", { text })
        : t("No interaction has all of what the filters ask for.")}
    </EmptyState>
  );
}

const widths: Record<ColumnName, string> = {
  number: "w-13",
  agent: "w-24",
  consumer: "w-20",
  queue: "w-14",
  team: "w-14",
  channel: "w-4",
  time: "ml-auto w-9",
  length: "ml-auto w-9",
  language: "w-5",
  engagement: "w-18",
  sentiment: "w-20",
  topics: "w-32",
  indicators: "ml-auto w-3",
};

type SkeletonProps = { readonly columns: readonly Column[]; readonly selectable: boolean };

export function RowSkeleton({ columns, selectable }: SkeletonProps) {
  return (
    <div
      aria-hidden="true"
      className={`grid h-10 grid-cols-(--columns) items-center border-b border-line pr-5 ${selectable ? "pl-11" : "pl-5"}`}
    >
      {columns.map((column) => (
        <span key={column.name} className="pr-3">
          <Skeleton className={`h-3 ${widths[column.name]}`} />
        </span>
      ))}
    </div>
  );
}

export function RowSkeletons({ columns, selectable }: SkeletonProps) {
  return (
    <div className="absolute inset-x-0 top-8">
      <div className="h-7 border-b border-line bg-canvas" />
      {rows.map((row) => (
        <RowSkeleton key={row} columns={columns} selectable={selectable} />
      ))}
    </div>
  );
}

const rows = Array.from({ length: 18 }, (_, index) => index);

export function CardSkeleton() {
  return (
    <div aria-hidden="true" className="flex h-[122px] flex-col gap-2.5 border-b border-line px-4 py-3.5">
      <Skeleton className="h-5 w-36" />
      <Skeleton className="h-3.5 w-64" />
      <Skeleton className="h-3.5 w-full" />
      <Skeleton className="h-4 w-28" />
    </div>
  );
}

export function CardSkeletons() {
  return (
    <div className="absolute inset-x-0 top-0">
      <div className="h-7 border-b border-line bg-canvas" />
      {rows.slice(0, 6).map((row) => (
        <CardSkeleton key={row} />
      ))}
    </div>
  );
}
