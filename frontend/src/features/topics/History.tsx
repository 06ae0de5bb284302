import { Link } from "@tanstack/react-router";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { StartReanalysisDocument } from "@/features/reanalysis/__generated__";
import { done, percentDone, type Run } from "@/features/reanalysis/model";
import { useRuns } from "@/features/reanalysis/useRuns";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { number } from "@/lib/format";
import { behind, type Topic } from "./model";

/** Whether what was analysed before knows the topics as they are now, and the way to have it looked through again. */
export function History({ topics }: { readonly topics: readonly Topic[] }) {
  const { runs, refresh } = useRuns();
  const start = useAction(StartReanalysisDocument);
  const run = runs?.find(({ state, interaction }) => !interaction && ["RUNNING", "PAUSED", "READY"].includes(state));
  const old = behind(topics);
  if (run) {
    return (
      <Strip>
        <Present run={run} />
      </Strip>
    );
  }
  if (!runs || old.length === 0) return null;
  const begin = async () => {
    await start.run({ input: {} });
    refresh();
  };
  const left = Math.max(...old.map(({ applied }) => applied.of - applied.conversations));
  return (
    <Strip>
      <Notice
        tone={start.refusal ? "critical" : "plain"}
        action={
          <Button size="small" onPress={begin}>
            {t("Analyse history again")}
          </Button>
        }
      >
        {start.refusal?.message ??
          t("{names} changed since {left, plural, one {# conversation was} other {# conversations were}} analysed.", {
            names: namesOf(old),
            left,
          })}
      </Notice>
    </Strip>
  );
}

function Strip({ children }: { readonly children: React.ReactNode }) {
  return <div className="border-b border-line px-4 py-3 md:px-5">{children}</div>;
}

function namesOf(topics: readonly Topic[]): string {
  if (topics.length > 3) return t("{count} topics", { count: topics.length });
  return topics.map(({ name }) => name).join(", ");
}

function Present({ run }: { readonly run: Run }) {
  const percent = percentDone(run);
  const counts = { done: number(done(run)), total: number(run.total) };
  return (
    <Notice
      action={
        <Link to="/admin/analyses" className="rounded-chip font-medium text-accent-ink hover:underline">
          {run.state === "READY" ? t("See what differs, and make it current") : t("Open analyses")}
        </Link>
      }
    >
      <span className="figures">
        {run.state === "READY"
          ? t("History has been analysed again: {done} of {total} conversations. Nothing has changed for anybody yet.", counts)
          : t("History is analysed again: {done} of {total} conversations.", counts)}
      </span>
      <div
        role="progressbar"
        aria-label={t("Conversations analysed again")}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-1.5 h-1 max-w-md overflow-hidden rounded-full bg-line-2"
      >
        <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
      </div>
    </Notice>
  );
}
