/** Glyph, name and classes of each kind of highlight. Colour never stands alone: a glyph and a line of its own go with it. */
import type { ChipTone } from "@/components/Chip";
import { t } from "@/i18n";
import type { Kind } from "./model/highlights";
import type { Role, SentimentClass } from "./model/types";

type Look = { readonly glyph: string; readonly ink: string; readonly tint: string; readonly line: string };

export const looks: Readonly<Record<Kind, Look>> = {
  indicator: { glyph: "◆", ink: "text-indicator-ink", tint: "bg-indicator-soft", line: "decoration-indicator decoration-solid" },
  topic: { glyph: "●", ink: "text-topic-ink", tint: "bg-topic-soft", line: "decoration-topic decoration-dotted" },
  question: { glyph: "?", ink: "text-question-ink", tint: "bg-question-soft", line: "decoration-question decoration-double" },
  step: { glyph: "→", ink: "text-step-ink", tint: "bg-step-soft", line: "decoration-step decoration-dashed" },
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
