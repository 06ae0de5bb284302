import type { ReactNode } from "react";
import { Chip } from "@/components/Chip";
import { t } from "@/i18n";
import { number, percent, span } from "@/lib/format";
import { useConversation } from "../conversation";
import { sentimentTones } from "../kinds";
import { className, scoreClass } from "../model/sentiment";
import { reasonFor } from "../model/skipped";
import { Card, Missing } from "./Card";
import { How } from "./How";

const signs = { POSITIVE: "+", NEUTRAL: "·", NEGATIVE: "−" };

export function EngagementCard() {
  const { interaction } = useConversation();
  const { analysis } = interaction;
  const score = analysis?.engagementScore;
  if (!analysis || !score)
    return (
      <Card title={t("Engagement")} note={<How of="ENGAGEMENT_SCORE" />}>
        <Missing
          skipped={reasonFor(analysis?.skipped ?? [], "engagement_score", "engagement")}
          fallback={t("No score: the consumer does not speak.")}
        />
      </Card>
    );
  const perMinute = changesPerMinute(analysis.speakerChanges, analysis.agent.talkMs + analysis.consumer.talkMs);
  const share = analysis.consumer.talkSharePct;
  return (
    <Card title={t("Engagement")} note={<How of="ENGAGEMENT_SCORE" />}>
      <Score value={score.value}>
        <Factor
          label={t("Balance")}
          share={score.balance}
          note={share === null ? "" : percent(share)}
          hint={t("Consumer's share of the speech")}
        />
        <Factor
          label={t("Response")}
          share={score.responsiveness}
          note={analysis.responseLagMs === null ? "" : span(analysis.responseLagMs)}
          hint={t("Consumer's median wait before answering")}
        />
        <Factor
          label={t("Interaction")}
          share={score.interactivity}
          note={t("{count}/min", { count: number(perMinute, 1) })}
          hint={t("Speaker changes per minute of speech")}
        />
      </Score>
      {analysis.responseLagMs !== null && (
        <p className="figures mt-0.5 flex items-center justify-between text-axis text-ink-3">
          {t("Consumer's median wait: {length}", { length: span(analysis.responseLagMs) })}
          <How of="RESPONSE_LAG" />
        </p>
      )}
    </Card>
  );
}

export function changesPerMinute(changes: number, speechMs: number): number {
  return speechMs > 0 ? changes / (speechMs / 60_000) : 0;
}

export function SentimentCard() {
  const { interaction } = useConversation();
  const score = interaction.analysis?.sentimentScore;
  if (!score)
    return (
      <Card title={t("Sentiment")} note={<How of="SENTIMENT_SCORE" />}>
        <Missing
          skipped={reasonFor(interaction.analysis?.skipped ?? [], "sentiment_score", "sentiment")}
          fallback={t("No words could be judged.")}
        />
      </Card>
    );
  const of = scoreClass(score.value);
  const chip = (
    <Chip tone={sentimentTones[of]}>
      {signs[of]} {className(of)}
    </Chip>
  );
  return (
    <Card title={t("Sentiment")} note={<How of="SENTIMENT_SCORE" />}>
      <Score value={score.value} chip={chip}>
        <RoleScore label={t("Consumer")} value={score.consumer} ink="text-consumer-ink" fill="bg-consumer" />
        <RoleScore label={t("Agent")} value={score.agent} ink="text-agent-ink" fill="bg-agent" />
      </Score>
      <p className="mt-0.5 text-axis text-ink-3">{t("From words only, never from voice")}</p>
    </Card>
  );
}

function Score({ value, chip, children }: { readonly value: number; readonly chip?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="flex items-start gap-3 @min-[420px]:@max-[520px]:flex-col @min-[420px]:@max-[520px]:items-stretch @min-[420px]:@max-[520px]:gap-1">
      <div
        className={`flex shrink-0 flex-col items-start gap-1 @min-[420px]:@max-[520px]:flex-row @min-[420px]:@max-[520px]:items-center @min-[420px]:@max-[520px]:gap-2 ${chip ? "w-21" : "w-10"}`}
      >
        <p className="figures text-figure font-semibold tracking-[-0.02em]">{value}</p>
        {chip}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 pt-0.5 text-meta">{children}</div>
    </div>
  );
}

type FactorProps = { readonly label: string; readonly share: number; readonly note: string; readonly hint: string };

function Factor({ label, share, note, hint }: FactorProps) {
  const value = Math.round(share * 100);
  return (
    <p className="figures grid h-[18px] grid-cols-[66px_minmax(16px,1fr)_24px_50px] items-center gap-1.5" title={hint}>
      <span className="truncate text-ink-2">{label}</span>
      <Track share={value} fill="bg-ink-2" />
      <span className="text-right font-semibold">{value}</span>
      <span className="text-right text-axis whitespace-nowrap text-ink-3">{note}</span>
    </p>
  );
}

type RoleScoreProps = { readonly label: string; readonly value: number | null; readonly ink: string; readonly fill: string };

function RoleScore({ label, value, ink, fill }: RoleScoreProps) {
  return (
    <p className="figures grid h-[18px] grid-cols-[62px_minmax(20px,1fr)_20px] items-center gap-1.5">
      <span className={`truncate font-medium ${ink}`}>{label}</span>
      {value === null ? <span className="col-span-2 truncate text-ink-3">{t("nothing judged")}</span> : <Track share={value} fill={fill} />}
      {value !== null && <span className="text-right font-semibold">{value}</span>}
    </p>
  );
}

function Track({ share, fill }: { readonly share: number; readonly fill: string }) {
  return (
    <span aria-hidden="true" className="relative h-1 rounded-full bg-line-2">
      <span className={`absolute inset-y-0 left-0 rounded-full ${fill}`} style={{ width: `${share}%` }} />
    </span>
  );
}
