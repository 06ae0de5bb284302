/** Glyph, name and classes of each kind of highlight. Colour never stands alone: a glyph and a line of its own go with it. */
import type { ChipTone } from "@/components/Chip";
import { t } from "@/i18n";
import type { Kind } from "./model/highlights";
import type { Role, SentimentClass } from "./model/types";

type Look = { readonly glyph: string; readonly ink: string; readonly tint: string; readonly line: string; readonly ring: string };

export const looks: Readonly<Record<Kind, Look>> = {
  indicator: {
    glyph: "◆",
    ink: "text-indicator-ink",
    tint: "bg-indicator-soft",
    line: "border-b-2 border-solid border-indicator",
    ring: "ring-indicator",
  },
  topic: { glyph: "●", ink: "text-topic-ink", tint: "bg-topic-soft", line: "border-b-2 border-dotted border-topic", ring: "ring-topic" },
  question: {
    glyph: "?",
    ink: "text-question-ink",
    tint: "bg-question-soft",
    line: "border-b-3 border-double border-question",
    ring: "ring-question",
  },
  step: { glyph: "→", ink: "text-step-ink", tint: "bg-step-soft", line: "border-b-2 border-dashed border-step", ring: "ring-step" },
};

export function kindName(kind: Kind, count = 1): string {
  const names: Record<Kind, readonly [string, string]> = {
    indicator: [t("Indicator"), t("Indicators")],
    topic: [t("Topic"), t("Topics")],
    question: [t("Question"), t("Questions")],
    step: [t("Next step"), t("Next steps")],
  };
  return names[kind][count === 1 ? 0 : 1];
}

export function roleInk(role: Role): string {
  return role === "AGENT" ? "text-agent-ink" : role === "CONSUMER" ? "text-consumer-ink" : "text-ink-2";
}

export const sentimentTones: Readonly<Record<SentimentClass, ChipTone>> = {
  POSITIVE: "positive",
  NEUTRAL: "neutral",
  NEGATIVE: "negative",
};
