import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { statusLabel } from "./filters";
import type { Row } from "./items";
import { type Stage, stages } from "./stages";

/** The stages in the place of the scores. Where there is little room only the present one has its name. */
export function StageList({ progress, wrap = false }: { readonly progress: Row["progress"]; readonly wrap?: boolean }) {
  return (
    <span className={`@container flex min-w-0 flex-1 ${wrap ? "" : "overflow-hidden"}`}>
      <ol
        aria-label={t("Progress")}
        className={`flex min-w-0 items-center ${wrap ? "flex-wrap gap-x-2.5 gap-y-1" : "gap-2 @min-[480px]:gap-3.5"}`}
      >
        {stages(progress.status, progress.percent).map((stage) => (
          <StageMark key={stage.status} stage={stage} wrap={wrap} />
        ))}
      </ol>
    </span>
  );
}

function StageMark({ stage, wrap }: { readonly stage: Stage; readonly wrap: boolean }) {
  const name = statusLabel(stage.status);
  const label = stage.state === "current" || wrap ? "" : "sr-only @min-[480px]:not-sr-only";
  const tone = stage.state === "current" ? "font-semibold text-ink" : stage.state === "done" ? "text-ink-2" : "text-ink-3";
  return (
    <li
      aria-current={stage.state === "current" ? "step" : undefined}
      className={`flex items-center gap-1.5 text-meta whitespace-nowrap ${tone}`}
    >
      <StageGlyph stage={stage} />
      <span className={label}>{name}</span>
      {stage.percent !== null && (
        <>
          <span aria-hidden="true" className={`relative h-1 overflow-hidden rounded-full bg-line-2 ${wrap ? "w-9" : "w-16"}`}>
            <span className="absolute inset-y-0 left-0 rounded-full bg-accent" style={{ width: `${stage.percent}%` }} />
          </span>
          <span className="figures w-8">{stage.percent}%</span>
        </>
      )}
    </li>
  );
}

function StageGlyph({ stage }: { readonly stage: Stage }) {
  if (stage.state === "done") return <Icon name="check" className="text-positive" />;
  const share = stage.state === "waiting" ? 0 : (stage.percent ?? 25);
  return (
    <svg aria-hidden="true" width={14} height={14} viewBox="0 0 14 14" className="shrink-0 -rotate-90">
      <circle cx={7} cy={7} r={5} fill="none" strokeWidth={2} className="stroke-line-2" />
      {share > 0 && (
        <circle
          cx={7}
          cy={7}
          r={5}
          fill="none"
          strokeWidth={2}
          pathLength={100}
          strokeDasharray={`${share} 100`}
          className="stroke-accent"
        />
      )}
    </svg>
  );
}
