import { lazy, type ReactNode, Suspense, useCallback } from "react";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { useConversation } from "../conversation";
import { usePlaybackState, useTime } from "../playback";
import { KindToggles } from "./KindToggles";
import { AudioElement, MediaNote } from "./media";
import { PlayGlyph } from "./PlayGlyph";
import { ZoomControls } from "./ZoomControls";

// The menu comes right after the page.
const SpeedMenu = lazy(async () => ({ default: (await import("./SpeedMenu")).SpeedMenu }));

type ControlsProps = { readonly small: boolean; readonly open: boolean; readonly onOpen: (open: boolean) => void };

export function Controls({ small, open, onOpen }: ControlsProps) {
  const { interaction, model, playback } = useConversation();
  const { failed } = usePlaybackState(playback);
  const { media } = interaction;
  const hasTracks = Boolean(media || interaction.transcript);
  const tools = hasTracks && (
    <>
      {model.highlights.length > 0 && <KindToggles look="legend" />}
      <ZoomControls />
    </>
  );
  return (
    <>
      <div className="flex min-h-11 items-center gap-x-1 pt-1 md:min-h-10">
        {media && !media.hasVideo && <AudioElement media={media} />}
        {media && !failed ? <Transport small={small} /> : <MediaNote />}
        <div className="ml-auto flex items-center gap-2">
          {!small && tools}
          {small && hasTracks && (
            <IconButton label={open ? t("Fewer tracks") : t("All tracks and zoom")} aria-expanded={open} onPress={() => onOpen(!open)}>
              <Icon name="chevron-down" className={open ? "rotate-180" : ""} />
            </IconButton>
          )}
        </div>
      </div>
      {small && open && <div className="flex min-h-11 flex-wrap items-center justify-between gap-2">{tools}</div>}
    </>
  );
}

function Transport({ small }: { readonly small: boolean }) {
  const { goTo, playback } = useConversation();
  const skip = (seconds: number) => () => goTo(playback.time() + seconds * 1000);
  return (
    <>
      <PlayButton />
      {!small && <SkipButton label={t("Back 15 s")} icon="back" onPress={skip(-15)} />}
      <SkipButton label={t("Back 5 s")} icon="chevron-left" onPress={skip(-5)}>
        5
      </SkipButton>
      <SkipButton label={t("Forward 5 s")} icon="chevron-right" onPress={skip(5)} after>
        5
      </SkipButton>
      {!small && <SkipButton label={t("Forward 15 s")} icon="forward" onPress={skip(15)} />}
      <Clock />
      <Suspense fallback={<span className="h-7 w-10" />}>
        <SpeedMenu />
      </Suspense>
    </>
  );
}

function PlayButton() {
  const { playback } = useConversation();
  const { playing, waiting } = usePlaybackState(playback);
  return (
    <IconButton
      label={playing ? t("Pause") : t("Play")}
      variant="primary"
      onPress={() => playback.toggle()}
      className={`mr-1 rounded-full! touch:size-11! ${waiting && playing ? "animate-breathe" : ""}`}
    >
      <PlayGlyph size={16} pause={playing} />
    </IconButton>
  );
}

type SkipProps = {
  readonly label: string;
  readonly icon: "back" | "forward" | "chevron-left" | "chevron-right";
  readonly onPress: () => void;
  readonly after?: boolean;
  readonly children?: ReactNode;
};

function SkipButton({ label, icon, onPress, after = false, children }: SkipProps) {
  return (
    <IconButton label={label} onPress={onPress} className="figures gap-0! text-axis">
      {!after && <Icon name={icon} size={children ? 13 : 17} />}
      {children}
      {after && <Icon name={icon} size={13} />}
    </IconButton>
  );
}

/** The time is told to screen readers by the seek slider; here it would never stop talking. */
function Clock() {
  const { playback, model } = useConversation();
  const now = useTime(
    playback,
    useCallback((ms: number) => clock(ms), []),
  );
  return (
    <p aria-hidden="true" className="figures mx-2 flex items-baseline gap-1.5 whitespace-nowrap">
      <span className="min-w-[44px] text-title font-semibold">{now}</span>
      <span className="text-ink-3">/ {clock(model.durationMs)}</span>
    </p>
  );
}
