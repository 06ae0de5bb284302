import { t } from "@/i18n";
import { number, percent } from "@/lib/format";
import { useConversation } from "../conversation";
import { reasonFor, type Skipped, sentence } from "../model/skipped";
import type { Analysis } from "../model/types";
import type { Figure } from "./__generated__";
import { Card } from "./Card";
import { figureName, How } from "./How";

type Row = {
  readonly of: Figure;
  readonly value: string | null;
  readonly unit: string;
  readonly hint: string;
  readonly why: Skipped | null;
  readonly fallback: string;
};

/** How the agent spoke: five figures, each with its definition behind it. */
export function AgentSummary() {
  const { interaction } = useConversation();
  const { analysis } = interaction;
  if (!analysis) return null;
  return (
    <Card wide title={t("Agent summary")}>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-2.5 @min-[480px]:grid-cols-3">
        {agentRows(analysis).map((row) => (
          <FigureCell key={row.of} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function FigureCell({ row }: { readonly row: Row }) {
  const caution = row.value !== null && row.why ? sentence(row.why.reason) : null;
  return (
    <li className="min-w-0">
      <p className="flex items-center justify-between gap-1 text-meta text-ink-2">
        <span className="truncate">{figureName(row.of)}</span>
        <How of={row.of} />
      </p>
      {row.value === null ? (
        <p className="text-meta text-ink-2">{row.why ? sentence(row.why.reason) : row.fallback}</p>
      ) : (
        <p className="figures text-title font-semibold">
          {row.value} <span className="text-meta font-normal text-ink-2">{row.unit}</span>
        </p>
      )}
      {row.value !== null && <p className="text-axis text-ink-3">{caution ?? row.hint}</p>}
    </li>
  );
}

/** Null is never 0: a figure that is missing has its reason. */
export function agentRows({ agent, consumer, skipped }: Analysis): readonly Row[] {
  const value = (amount: number | null, digits: number) => (amount === null ? null : number(amount, digits));
  const seconds = (ms: number | null) => (ms === null ? null : number(ms / 1000, 1));
  const why = (...features: string[]) => reasonFor(skipped, ...features.map((feature) => `agent.${feature}`), ...features);
  const shares = agent.talkSharePct === null ? null : ratio(agent.talkSharePct, consumer.talkSharePct);
  const whole = agent.interactionSharePct;
  const silent = agent.talkMs > 0 ? t("The words are unknown.") : t("The agent does not speak.");
  return [
    {
      of: "TALK_SHARE",
      value: shares,
      unit: "",
      hint: t("Agent to consumer, of all speech"),
      why: null,
      fallback: t("Neither agent nor consumer is heard."),
    },
    {
      of: "INTERACTION_SHARE",
      value: whole === null ? null : percent(whole),
      unit: "",
      hint: t("Agent's speech, of the whole interaction"),
      why: null,
      fallback: t("Neither agent nor consumer is heard."),
    },
    {
      of: "LONGEST_SPIEL",
      value: seconds(agent.longestSpielMs),
      unit: "s",
      hint: t("No pause over 3 s"),
      why: null,
      fallback: t("The agent does not speak."),
    },
    {
      of: "FILLERS_PER_MIN",
      value: value(agent.fillersPerMin, 1),
      unit: t("/min"),
      hint: t("Per minute of agent speech"),
      why: why("fillers_per_min"),
      fallback: silent,
    },
    {
      of: "TALKING_SPEED",
      value: value(agent.wordsPerMin, 0),
      unit: agent.speedUnit === "characters" ? t("characters/min") : t("wpm"),
      hint: t("Per minute of agent speech"),
      why: why("words_per_min"),
      fallback: silent,
    },
    {
      of: "PATIENCE",
      value: seconds(agent.patienceMs),
      unit: "s",
      hint: t("Mean wait before answering"),
      why: null,
      fallback: t("The agent never answers the consumer."),
    },
  ];
}

/** 62.4 and 37.6 → `62 : 38`: both rounded so that they make 100. */
export function ratio(agent: number, consumer: number | null): string {
  const left = Math.round(agent);
  return `${left} : ${consumer === null ? 0 : 100 - left}`;
}
