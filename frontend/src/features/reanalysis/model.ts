/** What a run and its difference are called, and how far it is. */
import { t } from "@/i18n";
import { dayLong, number, percent, span } from "@/lib/format";
import type { Figure, RunDifferenceQuery, RunFieldsFragment } from "./__generated__";

export type Run = RunFieldsFragment;
export type Difference = NonNullable<NonNullable<RunDifferenceQuery["reanalysis"]>["difference"]>[number];

export const isOpen = (run: Run) => run.state === "RUNNING" || run.state === "PAUSED" || run.state === "READY";

/** Interactions that are through, whatever came of it; of a discarded run nothing is known any more. */
export function done(run: Run): number {
  const { analysed, same, skipped, failed, current, superseded } = run.progress;
  return analysed + same + skipped + failed + current + superseded;
}

/** 0…100. Interactions whose retention ended meanwhile count as through. */
export function percentDone(run: Run): number {
  const left = run.progress.waiting + run.progress.working;
  const all = done(run) + left;
  return all === 0 ? 100 : Math.floor((100 * done(run)) / all);
}

export function stateLabel(run: Run): string {
  const labels: Record<Run["state"], string> = {
    RUNNING: t("At work"),
    PAUSED: t("Paused"),
    READY: t("Ready"),
    APPLIED: t("Made current"),
    CANCELLED: t("Discarded"),
  };
  return labels[run.state];
}

/** Which interactions it is of. */
export function scopeLabel(run: Run, today: string): string {
  if (run.interaction) return t("Interaction {number}", { number: run.interaction.number });
  const first = run.from && dayLong(run.from, today);
  const last = run.to && dayLong(run.to, today);
  const days =
    first && last
      ? t("{first} to {last}", { first, last })
      : first
        ? t("Since {first}", { first })
        : last
          ? t("Until {last}", { last })
          : null;
  if (run.filtered) return days ? t("A selection, {days}", { days }) : t("A selection");
  return days ?? t("All interactions");
}

const featureLabels = (): Record<Difference["feature"], string> => ({
  SCORE: t("Score"),
  FIGURE: t("Figure"),
  INDICATOR: t("Indicator"),
  TOPIC: t("Topic"),
  EVENT: t("Speech event"),
  PASSAGE: t("Passage"),
  UTTERANCE: t("Utterances"),
});

export const featureLabel = (feature: Difference["feature"]) => featureLabels()[feature];

const known = (): Readonly<Record<string, string>> => ({
  engagement_score: t("Engagement score"),
  sentiment_score: t("Sentiment score"),
  sentiment: t("Class of sentiment"),
  silence: t("Silences"),
  crosstalk: t("Crosstalk"),
  hold: t("Holds"),
  next_steps: t("Next steps"),
  good_questions: t("Good questions"),
  summary: t("Summary"),
  response_lag_ms: t("Response lag"),
  speaker_changes: t("Changes of speaker"),
  talk_ms: t("talk time"),
  talk_share_pct: t("talk share"),
  interaction_share_pct: t("share of the interaction"),
  longest_spiel_ms: t("longest spiel"),
  fillers_per_min: t("fillers a minute"),
  words_per_min: t("words a minute"),
  patience_ms: t("patience"),
});

/** Indicators and topics are named by the account; everything else in the words of the product. */
export function nameLabel({ feature, name }: Pick<Difference, "feature" | "name">): string {
  if (feature === "INDICATOR" || feature === "TOPIC") return name;
  const [role, figure] = name.split(".");
  if (!figure) return known()[name] ?? name;
  return `${role === "agent" ? t("Agent") : t("Consumer")}: ${known()[figure] ?? figure}`;
}

type Named = Pick<Difference, "feature" | "name">;
type Value = number | null | undefined;

/** A value in its unit; of indicators, events and passages how many there are, of a topic how sure. */
export function valueLabel({ feature, name }: Named, value: Value, digits = 0): string {
  if (value === null || value === undefined) return t("none");
  if (name.endsWith("_ms")) return span(Math.round(value / 100) * 100);
  if (name.endsWith("_pct")) return percent(value, 1);
  return number(value, feature === "TOPIC" ? 2 : name.endsWith("fillers_per_min") ? 1 : digits);
}

/** The means on both sides, where there are any: `71.2 → 68.4`. */
export function meansLabel({ before, after, ...named }: Named & Pick<Difference, "before" | "after">): string {
  if (before === null || before === undefined || after === null || after === undefined) return "";
  return `${valueLabel(named, before, 1)} → ${valueLabel(named, after, 1)}`;
}

type Counts = Pick<Difference, "added" | "removed" | "changed">;

/** `+2 −1 ~3`: what came, went and changed; what did not happen is left out. */
export function partsLabel({ added, removed, changed }: Counts): string {
  const parts = [added ? `+${number(added)}` : "", removed ? `−${number(removed)}` : "", changed ? `~${number(changed)}` : ""];
  return parts.filter(Boolean).join(" ");
}

/** The figure that defines what differs, where one does. */
export function figureOf({ feature, name }: Named): Figure | null {
  if (feature === "INDICATOR") return "CALL_OUTS";
  if (feature === "TOPIC") return "TOPICS";
  if (feature === "UTTERANCE") return "SENTIMENT_SCORE";
  return figures[name.split(".").at(-1) ?? ""] ?? null;
}

const figures: Readonly<Record<string, Figure>> = {
  engagement_score: "ENGAGEMENT_SCORE",
  sentiment_score: "SENTIMENT_SCORE",
  silence: "SILENCES",
  crosstalk: "CROSSTALKS",
  hold: "HOLDS",
  next_steps: "NEXT_STEPS",
  good_questions: "GOOD_QUESTIONS",
  summary: "SUMMARY",
  response_lag_ms: "RESPONSE_LAG",
  speaker_changes: "ENGAGEMENT_SCORE",
  talk_ms: "TALK_SHARE",
  talk_share_pct: "TALK_SHARE",
  interaction_share_pct: "INTERACTION_SHARE",
  longest_spiel_ms: "LONGEST_SPIEL",
  fillers_per_min: "FILLERS_PER_MIN",
  words_per_min: "TALKING_SPEED",
  patience_ms: "PATIENCE",
};
