import { useEffect, useRef } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { useConversation } from "../conversation";
import { isRunning } from "../model/progress";
import type { Interaction, Media } from "../model/types";
import { usePlaybackState } from "../playback";

export function AudioElement({ media }: { readonly media: Media }) {
  const { playback } = useConversation();
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => (element.current ? playback.attach(element.current) : undefined), [playback]);
  // biome-ignore lint/a11y/useMediaCaption: the transcript beside it is the caption
  return <audio ref={element} src={media.url} preload="metadata" />;
}

/** In the place of the controls: why nothing can be played, and what can be done. */
export function MediaNote() {
  const { interaction, playback } = useConversation();
  const { failed } = usePlaybackState(playback);
  return (
    <div role={failed ? "alert" : undefined} className="flex min-w-0 items-center gap-2 text-ink-2">
      <Icon name={failed ? "alert" : "info"} className={failed ? "text-critical" : "text-ink-3"} />
      <p className="min-w-0">
        {failed ? t("The recording could not be played. It may have been removed, or the connection failed.") : whyNone(interaction)}
      </p>
      {failed && (
        <Button size="small" onPress={() => playback.reload()}>
          <Icon name="retry" size={13} />
          {t("Try again")}
        </Button>
      )}
    </div>
  );
}

function whyNone({ endToEndEncrypted, offline, progress, viewerCan }: Interaction): string {
  if (endToEndEncrypted) return t("No recording: the conversation is end-to-end encrypted.");
  if (offline) return t("No recording: this interaction was added by hand.");
  if (!viewerCan.play) return t("Your roles let you see this interaction, and not hear it.");
  if (isRunning(progress.status)) return t("The recording can be played once it has been decoded.");
  // One that could not be decoded was delivered none the less.
  return progress.status === "DONE" ? t("No recording was delivered with this interaction.") : t("There is no recording to play.");
}
