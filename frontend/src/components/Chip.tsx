import type { ReactNode } from "react";

export type ChipTone =
  | "neutral"
  | "outline"
  | "topic"
  | "indicator"
  | "question"
  | "step"
  | "positive"
  | "negative"
  | "critical"
  | "accent";

const tones: Record<ChipTone, string> = {
  neutral: "bg-sunken text-ink-2",
  outline: "border border-line-2 text-ink-2",
  topic: "bg-topic-soft text-topic-ink",
  indicator: "bg-indicator-soft text-indicator-ink",
  question: "bg-question-soft text-question-ink",
  step: "bg-step-soft text-step-ink",
  positive: "bg-positive-soft text-positive",
  negative: "bg-negative-soft text-negative",
  critical: "bg-critical-soft text-critical-ink",
  accent: "bg-accent-soft text-accent-ink",
};

export function chipClass(tone: ChipTone, extra = ""): string {
  return `inline-flex h-5 max-w-full items-center gap-1 rounded-chip px-1.5 text-meta font-medium whitespace-nowrap ${tones[tone]} ${extra}`;
}

type ChipProps = { readonly tone?: ChipTone; readonly className?: string; readonly title?: string; readonly children: ReactNode };

export function Chip({ tone = "neutral", className = "", title, children }: ChipProps) {
  return (
    <span className={chipClass(tone, className)} title={title}>
      <span className="truncate">{children}</span>
    </span>
  );
}
