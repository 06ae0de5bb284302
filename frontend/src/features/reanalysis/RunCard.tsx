import { useState } from "react";
import { Button } from "@/components/Button";
import { Chip, type ChipTone } from "@/components/Chip";
import { Confirm } from "@/components/Confirm";
import { Notice } from "@/components/Notice";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { dateTime, dayOf, percent } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { ApplyReanalysisDocument, CancelReanalysisDocument, PauseReanalysisDocument, ResumeReanalysisDocument } from "./__generated__";
import { DifferenceTable } from "./DifferenceTable";
import { done, isOpen, percentDone, type Run, scopeLabel, stateLabel } from "./model";

const tones: Record<Run["state"], ChipTone> = {
  RUNNING: "accent",
  PAUSED: "indicator",
  READY: "positive",
  APPLIED: "outline",
  CANCELLED: "neutral",
};

type Props = { readonly run: Run; readonly onChanged: () => void };
/** `alone`: on the page of its interaction, which shows the difference itself. */
type CardProps = Props & { readonly alone?: boolean };

/** A run that is neither current nor discarded: how far it is, what it will change, and the ways on. */
export function RunCard({ run, onChanged, alone = false }: CardProps) {
  return (
    <section aria-label={t("Present run")} className="overflow-hidden rounded-card border border-line bg-surface">
      <div className="flex flex-col gap-4 p-4 md:p-5">
        <Head run={run} />
        <Progress run={run} />
        {run.reason && <Notice tone="attention">{run.reason}</Notice>}
        <Actions run={run} onChanged={onChanged} />
      </div>
      {!alone && <DifferenceTable run={run} />}
    </section>
  );
}

function Head({ run }: { readonly run: Run }) {
  const zone = useZone();
  const when = dateTime(run.startedAt, zone);
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <h2 className="text-title font-semibold tracking-[-0.01em]">{scopeLabel(run, dayOf(new Date(), zone))}</h2>
      <Chip tone={tones[run.state]}>{stateLabel(run)}</Chip>
      <p className="text-meta text-ink-3">
        {run.startedBy ? t("Started {when} by {who}", { when, who: run.startedBy.name }) : t("Started {when}", { when })}
      </p>
    </div>
  );
}

function Progress({ run }: { readonly run: Run }) {
  const { analysed, same, skipped, failed } = run.progress;
  const share = percentDone(run);
  const parts = [
    t("{count, plural, one {# new analysis} other {# new analyses}}", { count: analysed }),
    t("{count} without a difference", { count: same }),
    ...(skipped ? [t("{count} skipped", { count: skipped })] : []),
    ...(failed ? [t("{count} failed", { count: failed })] : []),
  ];
  return (
    <div className="flex flex-col gap-1.5">
      <div className="figures flex items-baseline justify-between gap-3">
        <span className="font-medium">{t("{done} of {total} interactions", { done: done(run), total: run.total })}</span>
        <span className="text-ink-2">{percent(share)}</span>
      </div>
      <div
        role="progressbar"
        aria-label={t("Interactions analysed again")}
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1.5 overflow-hidden rounded-full bg-line-2"
      >
        <div
          className={`h-full rounded-full transition-[width] ${run.state === "PAUSED" ? "bg-line-3" : "bg-accent"}`}
          style={{ width: `${share}%` }}
        />
      </div>
      <p className="figures text-meta text-ink-2">{parts.join(" · ")}</p>
    </div>
  );
}

function Actions({ run, onChanged }: Props) {
  const [asked, setAsked] = useState<"apply" | "cancel" | null>(null);
  const pause = useAction(PauseReanalysisDocument);
  const resume = useAction(ResumeReanalysisDocument);
  const cancel = useAction(CancelReanalysisDocument);
  const apply = useAction(ApplyReanalysisDocument);
  const refusal = pause.refusal ?? resume.refusal;
  const act = async (action: { run: (variables: { id: string }) => Promise<unknown> }) => {
    if (await action.run({ id: run.id })) setAsked(null);
    onChanged();
  };
  if (!isOpen(run)) return null;
  return (
    <>
      {refusal && <Notice tone="critical">{refusal.message}</Notice>}
      <div className="flex flex-wrap gap-2">
        {run.state === "READY" && (
          <Button variant="primary" onPress={() => setAsked("apply")}>
            {t("Make current")}
          </Button>
        )}
        {run.state === "RUNNING" && (
          <Button isDisabled={pause.busy} onPress={() => act(pause)}>
            {t("Pause")}
          </Button>
        )}
        {run.state === "PAUSED" && (
          <Button variant="primary" isDisabled={resume.busy} onPress={() => act(resume)}>
            {t("Resume")}
          </Button>
        )}
        <Button variant="danger" onPress={() => setAsked("cancel")}>
          {t("Discard")}
        </Button>
      </div>
      <Confirm
        title={t("Make the new analyses current?")}
        isOpen={asked === "apply"}
        onClose={() => setAsked(null)}
        verb={t("Make current")}
        danger={false}
        refusal={apply.refusal?.message ?? null}
        onConfirm={() => act(apply)}
      >
        {t(
          "Lists, reports and pages show the {count, plural, one {new analysis} other {# new analyses}} from then on, all at once. An interaction that was analysed anew meanwhile keeps that analysis. The former ones stay on record.",
          { count: run.progress.analysed },
        )}
      </Confirm>
      <Confirm
        title={t("Discard this run?")}
        isOpen={asked === "cancel"}
        onClose={() => setAsked(null)}
        verb={t("Discard")}
        refusal={cancel.refusal?.message ?? null}
        onConfirm={() => act(cancel)}
      >
        {t("What it has found is deleted. The present analyses stay as they are.")}
      </Confirm>
    </>
  );
}
