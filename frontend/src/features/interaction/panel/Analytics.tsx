import { Link } from "@tanstack/react-router";
import { t } from "@/i18n";
import { useConversation } from "../conversation";
import { isRunning, stageName } from "../model/progress";
import { reasonFor, type Skipped } from "../model/skipped";
import type { Interaction } from "../model/types";
import { AgentSummary } from "./AgentSummary";
import { Card, Missing } from "./Card";
import { EventsCard } from "./EventsCard";
import { CallOuts, GoodQuestions, NextSteps, TopicHighlights } from "./PassageCards";
import { EngagementCard, SentimentCard } from "./ScoreCards";
import { SentimentOverTime } from "./SentimentOverTime";
import { SummaryCard } from "./SummaryCard";

/** What the analysis found, the conversation in short first. Every figure leads to how it came about. */
export function Analytics() {
  const { interaction } = useConversation();
  const { analysis, progress } = interaction;
  if (!analysis) return <NotYet status={progress.status} reason={progress.reason} />;
  const worded = !interaction.withoutWords;
  return (
    <div className="@container">
      <div className="grid grid-cols-1 gap-3 p-3 @min-[420px]:grid-cols-2 md:p-4">
        {!hasRoles(interaction) && <NobodyNamed />}
        {worded && <SummaryCard />}
        <EngagementCard />
        <SentimentCard />
        {worded && <FromWords />}
        <EventsCard />
        <AgentSummary />
        {!worded && <NeedsWords skipped={analysis.skipped} />}
      </div>
    </div>
  );
}

function hasRoles({ transcript }: Interaction): boolean {
  return transcript === null || transcript.segments.roles.some((role) => role !== "OTHER");
}

/** A recording of one channel that nothing tells apart: the figures wait for somebody who can. */
function NobodyNamed() {
  return (
    <Card wide title={t("Nobody is known as agent or consumer")}>
      <p className="text-ink-2">
        {t("The figures below need to know who is who.")}{" "}
        <Link
          from="/interactions/$id"
          search={(before: Record<string, unknown>) => ({ ...before, tab: "details" as const })}
          className="font-medium text-ink underline underline-offset-2"
        >
          {t("Name the speakers under Details")}
        </Link>
      </p>
    </Card>
  );
}

function FromWords() {
  return (
    <>
      <SentimentOverTime />
      <CallOuts />
      <TopicHighlights />
      <NextSteps />
      <GoodQuestions />
    </>
  );
}

/** What cannot be known without a transcript, in one place instead of an empty card each. */
function NeedsWords({ skipped }: { readonly skipped: readonly Skipped[] }) {
  const reason = reasonFor(skipped, "summary", "mentions", "sentiment");
  return (
    <Card wide title={t("Not known without words")}>
      <p className="mb-1">{t("Summary, sentiment over time, call outs, topic highlights, next steps and good questions.")}</p>
      <Missing skipped={reason} fallback={t("There is no transcript of this conversation.")} />
    </Card>
  );
}

type NotYetProps = { readonly status: Parameters<typeof stageName>[0]; readonly reason: string | null };

function NotYet({ status, reason }: NotYetProps) {
  const running = isRunning(status);
  return (
    <div className="flex flex-col gap-1.5 px-5 py-6">
      <p className="text-prompt font-semibold">{running ? t("The figures come with the analysis") : t("There are no figures")}</p>
      <p className="max-w-[60ch] text-ink-2">
        {running ? t("Now: {stage}. This page follows by itself.", { stage: stageName(status) }) : (reason ?? stageName(status))}
      </p>
    </div>
  );
}
