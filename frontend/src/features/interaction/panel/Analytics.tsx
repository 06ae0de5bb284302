import { t } from "@/i18n";
import { useConversation } from "../conversation";
import { isRunning, stageName } from "../model/progress";
import { AgentSummary } from "./AgentSummary";
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
  return (
    <div className="@container">
      <div className="grid grid-cols-1 gap-3 p-3 @min-[420px]:grid-cols-2 md:p-4">
        <SummaryCard />
        <EngagementCard />
        <SentimentCard />
        <SentimentOverTime />
        <CallOuts />
        <TopicHighlights />
        <NextSteps />
        <GoodQuestions />
        <EventsCard />
        <AgentSummary />
      </div>
    </div>
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
