import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { readStored, writeStored } from "@/lib/theme";
import { useConversation } from "../conversation";
import { clamp } from "../model/time-scale";
import type { Media } from "../model/types";

const stored = "assay.video-height";
const [least, most] = [96, 480];

/** The picture, pinned above what is read; as high as the reader likes, or put away while the sound goes on. */
export function VideoPanel({ media }: { readonly media: Media }) {
  const { playback } = useConversation();
  const element = useRef<HTMLVideoElement>(null);
  const [height, setHeight] = useState(() => clamp(Number(readStored(stored)) || 208, least, most));
  const [shown, setShown] = useState(true);
  useEffect(() => (element.current ? playback.attach(element.current) : undefined), [playback]);
  const resize = (next: number) => {
    const kept = clamp(Math.round(next), least, most);
    setHeight(kept);
    writeStored(stored, String(kept));
  };
  return (
    <section aria-label={t("Video")} className="shrink-0 border-b border-line bg-canvas">
      <div className="flex h-8 items-center gap-2 pr-2 pl-5 text-meta text-ink-2 touch:h-11">
        <Icon name="video" />
        {t("Video")}
        <IconButton
          small
          label={shown ? t("Put the video away") : t("Show the video")}
          aria-expanded={shown}
          onPress={() => setShown(!shown)}
          className="ml-auto"
        >
          <Icon name="chevron-down" className={shown ? "rotate-180" : ""} />
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript beside it is the caption */}
      <video
        ref={element}
        src={media.url}
        preload="metadata"
        playsInline
        className={`mx-auto block max-h-[24dvh] w-full bg-[#000] object-contain md:max-h-[40dvh] ${shown ? "" : "hidden"}`}
        style={{ height }}
      />
      {shown && <Resizer height={height} onResize={resize} />}
    </section>
  );
}

function Resizer({ height, onResize }: { readonly height: number; readonly onResize: (height: number) => void }) {
  const start = useRef<{ readonly y: number; readonly height: number } | null>(null);
  const steps: Record<string, number> = { ArrowUp: -16, ArrowDown: 16 };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no <hr>
    <div
      role="separator"
      aria-label={t("Height of the video")}
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={(event) => {
        const by = steps[event.key];
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        onResize(height + by);
      }}
      onPointerDown={(event) => {
        start.current = { y: event.clientY, height };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => start.current && onResize(start.current.height + event.clientY - start.current.y)}
      onPointerUp={() => {
        start.current = null;
      }}
      className="flex h-2.5 cursor-row-resize touch-none items-center justify-center hover:bg-sunken touch:h-6"
    >
      <span className="h-0.5 w-8 rounded-full bg-line-3" />
    </div>
  );
}
