import { Button, IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { useTimeline } from "./timeline";

export function ZoomControls() {
  const { fitted, zoomIn, zoomOut, showAll } = useTimeline();
  return (
    <div className="flex items-center gap-2">
      {!fitted && <PanSlider />}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons */}
      <div role="group" aria-label={t("Zoom")} className="flex items-center rounded-field bg-sunken p-0.5">
        <IconButton small label={t("Zoom out")} isDisabled={fitted} onPress={zoomOut}>
          <Icon name="zoom-out" />
        </IconButton>
        <Button
          size="small"
          variant="ghost"
          aria-pressed={fitted}
          onPress={showAll}
          className={fitted ? "bg-segment! text-ink! shadow-1" : ""}
        >
          {t("Fit")}
        </Button>
        <IconButton small label={t("Zoom in")} onPress={zoomIn}>
          <Icon name="zoom-in" />
        </IconButton>
      </div>
    </div>
  );
}

/** Which part of the conversation the tracks show. Its arrows are its own, not the player's. */
function PanSlider() {
  const { scale, panTo } = useTimeline();
  const length = scale.toMs - scale.fromMs;
  return (
    <input
      type="range"
      aria-label={t("Part shown")}
      aria-valuetext={t("{from} to {to}", { from: clock(scale.fromMs), to: clock(scale.toMs) })}
      min={0}
      max={Math.max(1, Math.round(scale.durationMs - length))}
      step={Math.max(1, Math.round(length / 20))}
      value={Math.round(scale.fromMs)}
      onChange={(event) => panTo(Number(event.target.value))}
      onKeyDown={(event) => event.stopPropagation()}
      className="w-24 accent-ink-2"
    />
  );
}
