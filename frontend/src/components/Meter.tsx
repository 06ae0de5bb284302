import { t } from "@/i18n";

type MeterProps = { readonly value: number; readonly label?: string; readonly track?: string };

/** A score 0…100, number first. Fills from 0. */
export function Meter({ value, label = t("Engagement score"), track = "w-11" }: MeterProps) {
  return (
    <span className="inline-flex items-center gap-2">
      <MeterNumber value={value} label={label} />
      <Track className={track}>
        <span className="absolute inset-y-0 left-0 rounded-full bg-ink-2" style={{ width: `${value}%` }} />
      </Track>
    </span>
  );
}

/** Sentiment 0…100 grows from the tick at 50, to the left in rose, to the right in teal; the sign behind says it without colour. */
export function SentimentMeter({ value, label = t("Sentiment score, from words"), track = "w-11" }: MeterProps) {
  const left = Math.min(value, 50);
  const width = Math.abs(value - 50);
  return (
    <span className="inline-flex items-center gap-2">
      <MeterNumber value={value} label={label} />
      <Track className={track}>
        <span
          className={`absolute inset-y-0 rounded-full ${value < 50 ? "bg-negative" : "bg-positive"}`}
          style={{ left: `${left}%`, width: `${width}%` }}
        />
        <span className="absolute -inset-y-1 left-1/2 w-px bg-line-3" />
      </Track>
      <span className="w-2 text-center text-ink-2" aria-hidden="true">
        {sentimentSign(value)}
      </span>
    </span>
  );
}

/** − up to 40, · between, + from 60. */
export function sentimentSign(value: number): "−" | "·" | "+" {
  if (value <= 40) return "−";
  return value >= 60 ? "+" : "·";
}

function MeterNumber({ value, label }: { readonly value: number; readonly label: string }) {
  return (
    <span className="figures w-5 text-right font-semibold text-ink">
      <span className="sr-only">{label} </span>
      {value}
    </span>
  );
}

function Track({ className, children }: { readonly className: string; readonly children: React.ReactNode }) {
  return (
    <span aria-hidden="true" className={`relative h-1 rounded-full bg-line-2 ${className}`}>
      {children}
    </span>
  );
}
