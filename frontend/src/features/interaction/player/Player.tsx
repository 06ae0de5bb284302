import { useRef, useState } from "react";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { useConversation } from "../conversation";
import type { Media } from "../model/types";
import { Controls } from "./Controls";
import { EventTrack } from "./EventTrack";
import { Axis, LaneTrack } from "./lanes";
import { MarkTrack } from "./MarkTrack";
import { Playhead } from "./Playhead";
import { SeekSlider } from "./SeekSlider";
import { SentimentTrack } from "./SentimentTrack";
import { TimelineProvider, useNewTimeline, useWidth } from "./timeline";
import { usePanGesture } from "./usePanGesture";
import { usePeaks } from "./usePeaks";
import { Waveform } from "./Waveform";

/** Controls and tracks. Everything below the controls stands on one time scale, with one playhead through it. */
export function Player() {
  const { model, playback, interaction } = useConversation();
  const small = !useMedia("(min-width: 768px)");
  const [open, setOpen] = useState(false);
  const tracks = useRef<HTMLDivElement>(null);
  const timeline = useNewTimeline(playback, model.durationMs, useWidth(tracks));
  const full = !small || open;
  return (
    <TimelineProvider value={timeline}>
      <section aria-label={t("Player")} className="shrink-0 border-b border-line px-4 pb-1 md:px-5">
        <Controls small={small} open={open} onOpen={setOpen} />
        {interaction.transcript || interaction.media ? <Tracks ref={tracks} full={full} small={small} /> : <div ref={tracks} />}
      </section>
    </TimelineProvider>
  );
}

type TracksProps = { readonly ref: React.RefObject<HTMLDivElement | null>; readonly full: boolean; readonly small: boolean };

function Tracks({ ref, full, small }: TracksProps) {
  const { model, interaction } = useConversation();
  const peaks = usePeaks(interaction.media);
  usePanGesture(ref);
  const sentiment = interaction.analysis?.sentimentScore;
  return (
    <div className="grid grid-cols-1 md:grid-cols-[92px_minmax(0,1fr)]">
      {!small && <TrackLabels wave={peaks.state !== "none"} sentiment={Boolean(sentiment)} />}
      <div ref={ref} className={`relative min-w-0 overflow-x-clip overflow-y-visible ${model.highlights.length > 0 ? "pt-2" : "pt-3"}`}>
        {model.highlights.length > 0 && <MarkTrack small={small} />}
        <div className="relative">
          {peaks.state !== "none" && <Waveform peaks={peaks} height={small ? 44 : 60} roles={interaction.media?.channelRoles ?? []} />}
          {full && model.lanes.map((lane) => <LaneTrack key={lane.role} lane={lane} />)}
          {model.events.length > 0 && <div className={small ? "h-7" : "h-[22px]"} />}
          {full && sentiment && <SentimentTrack score={sentiment} />}
          <SeekSlider />
          {model.events.length > 0 && (
            <EventTrack small={small} top={eventTop(peaks.state !== "none", full ? model.lanes.length : 0, small)} />
          )}
        </div>
        <Axis />
        <Playhead />
      </div>
    </div>
  );
}

function eventTop(wave: boolean, lanes: number, small: boolean): number {
  return (wave ? (small ? 44 : 60) : 0) + lanes * 14;
}

function TrackLabels({ wave, sentiment }: { readonly wave: boolean; readonly sentiment: boolean }) {
  const { model, interaction } = useConversation();
  const ink = { AGENT: "text-agent-ink", CONSUMER: "text-consumer-ink", OTHER: "text-ink-2" };
  return (
    <div className={`text-meta text-ink-3 ${model.highlights.length > 0 ? "pt-2" : "pt-3"}`}>
      {model.highlights.length > 0 && <p className="h-6 leading-6">{t("Marks")}</p>}
      {wave && (
        <div className="flex h-15 flex-col justify-around font-medium">
          {hasSides(interaction.media) ? (
            <>
              <p className="text-agent-ink">{t("Agent")}</p>
              <p className="text-consumer-ink">{t("Consumer")}</p>
            </>
          ) : (
            <p>{t("Recording")}</p>
          )}
        </div>
      )}
      {model.lanes.map((lane) => (
        <p key={lane.role} className={`figures h-3.5 text-axis leading-3.5 font-medium whitespace-nowrap ${ink[lane.role]}`}>
          {lane.label} {lane.sharePct !== null && `${Math.round(lane.sharePct)}%`}
        </p>
      ))}
      {model.events.length > 0 && <p className="h-[22px] leading-[22px]">{t("Events")}</p>}
      {sentiment && <p className="h-9 leading-9">{t("Sentiment")}</p>}
    </div>
  );
}

/** Where roles have no channels of their own, nobody can say whose sound it is. */
function hasSides(media: Media | null): boolean {
  return Boolean(media && media.channels > 1 && media.channelRoles.includes("AGENT") && media.channelRoles.includes("CONSUMER"));
}
