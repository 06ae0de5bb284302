import type { ReactNode } from "react";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { Button } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { Command } from "@/components/Panel";
import { SystemDocument } from "@/graphql/__generated__";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { RetryConversationDocument } from "../__generated__";
import { useConversation } from "../conversation";
import { isRunning, stageName, stages } from "../model/progress";
import { reasonFor, sentence } from "../model/skipped";
import type { Interaction } from "../model/types";

/** In the place of the transcript, or above what there is of it: what the pipeline is doing, or why there are no words. */
export function TranscriptNotice() {
  const { interaction } = useConversation();
  const { status } = interaction.progress;
  if (isRunning(status)) return <Running progress={interaction.progress} />;
  if (status === "FAILED") return <Failed interaction={interaction} />;
  if (status === "NOT_ANALYSED") return <NotAnalysed interaction={interaction} />;
  if (!interaction.viewerCan.readTranscript && interaction.transcript) return <Withheld />;
  if (interaction.withoutWords || interaction.transcript?.source === "activity") return <WithoutWords interaction={interaction} />;
  return interaction.transcript?.segments.startsMs.length ? null : (
    <Notice icon="info" title={t("Nobody speaks in this recording")}>
      {t("There is nothing to read and nothing to measure.")}
    </Notice>
  );
}

type NoticeProps = { readonly icon: IconName; readonly tone?: string; readonly title: string; readonly children?: ReactNode };

function Notice({ icon, tone = "text-ink-3", title, children }: NoticeProps) {
  return (
    <div className="flex shrink-0 flex-col items-start gap-2 border-b border-line px-4 py-3.5 md:px-5">
      <p className="flex items-center gap-2 text-prompt font-semibold">
        <Icon name={icon} size={16} className={tone} />
        {title}
      </p>
      <div className="flex max-w-[65ch] flex-col items-start gap-2 text-ink-2">{children}</div>
    </div>
  );
}

function Running({ progress }: { readonly progress: Interaction["progress"] }) {
  return (
    <div className="shrink-0 border-b border-line px-4 py-4 md:px-5">
      <p role="status" className="mb-3 text-prompt font-semibold">
        {t("{stage} …", { stage: stageName(progress.status) })}
      </p>
      <ol aria-label={t("Progress")} className="flex flex-col gap-1.5">
        {stages(progress.status).map((stage) => (
          <li key={stage.status} className={`flex h-6 items-center gap-2.5 ${stage.state === "waiting" ? "text-ink-3" : "text-ink"}`}>
            <Icon
              name={stage.state === "done" ? "check" : "circle"}
              className={stage.state === "done" ? "text-positive" : stage.state === "current" ? "text-accent" : "text-line-3"}
            />
            <span className={stage.state === "current" ? "font-semibold" : ""}>{stageName(stage.status)}</span>
            {stage.state === "current" && progress.percent !== null && <Bar percent={progress.percent} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Bar({ percent }: { readonly percent: number }) {
  return (
    <span className="figures flex items-center gap-2 text-meta text-ink-2">
      <span aria-hidden="true" className="relative h-1 w-32 overflow-hidden rounded-full bg-line-2">
        <span className="absolute inset-y-0 left-0 rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </span>
      {percent}%
    </span>
  );
}

function Failed({ interaction }: { readonly interaction: Interaction }) {
  return (
    <Notice icon="alert" tone="text-critical" title={t("The analysis failed")}>
      <p>{interaction.progress.reason ?? t("No reason was recorded.")}</p>
      {interaction.viewerCan.retry && <Retry id={interaction.id} />}
    </Notice>
  );
}

function NotAnalysed({ interaction }: { readonly interaction: Interaction }) {
  return (
    <Notice icon={interaction.endToEndEncrypted ? "lock" : "info"} title={t("Not analysed")}>
      <p>{interaction.progress.reason ?? t("No reason was recorded.")}</p>
      {interaction.viewerCan.retry && <Retry id={interaction.id} />}
    </Notice>
  );
}

/** Seen by somebody who may not read: who spoke when, and the figures. */
function Withheld() {
  return (
    <Notice icon="lock" title={t("Your roles do not let you read what was said")}>
      {t("Who spoke when and the figures are shown; the words are not. An administrator can change your roles.")}
    </Notice>
  );
}

/** Without words: why, what is known all the same, and the command that changes it. */
function WithoutWords({ interaction }: { readonly interaction: Interaction }) {
  const [{ data }] = useQuery({ query: SystemDocument });
  const recognition = data?.system.components.find((component) => component.kind === "asr");
  const skipped = reasonFor(interaction.analysis?.skipped ?? [], "words", "transcript", "summary", "sentiment", "mentions");
  const remedy = recognition?.available ? skipped?.remedy : (recognition?.remedy ?? skipped?.remedy);
  return (
    <Notice icon="info" title={t("Analysed without words")}>
      <p>
        {recognition && !recognition.available
          ? t(
              "No transcript was delivered and no speech model is installed. Who spoke when, silences, crosstalk and the engagement score are known; what was said is not.",
            )
          : t(
              "No words were recognised in this recording. Who spoke when, silences, crosstalk and the engagement score are known; what was said is not.",
            )}
      </p>
      {recognition?.available && skipped && <p>{sentence(skipped.reason)}</p>}
      {remedy && (
        <p className="flex flex-wrap items-center gap-2">
          <span>{t("To add a model, after which this call is transcribed by itself:")}</span>
          <Command text={remedy} />
        </p>
      )}
      {recognition?.available && interaction.viewerCan.retry && <Retry id={interaction.id} />}
    </Notice>
  );
}

export function Retry({ id }: { readonly id: string }) {
  const [{ fetching }, run] = useMutation(RetryConversationDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const retry = async () => {
    const { data, error } = await run({ id });
    const result = data?.retryAnalysis;
    if (error) setRefusal(errorMessage(error));
    else setRefusal(result && result.__typename !== "RetryAnalysisPayload" ? result.message : null);
  };
  return (
    <>
      <Button isDisabled={fetching} onPress={retry}>
        <Icon name="retry" />
        {t("Retry")}
      </Button>
      {refusal && (
        <p role="alert" className="text-critical-ink">
          {refusal}
        </p>
      )}
    </>
  );
}
