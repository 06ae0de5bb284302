import { Link } from "@tanstack/react-router";
import { Button } from "@/components/Button";
import { buttonClass } from "@/components/button-style";
import { Chip } from "@/components/Chip";
import { t } from "@/i18n";
import { clock, span } from "@/lib/format";
import { useConversation } from "../conversation";
import { roleInk, sentimentTones } from "../kinds";
import { className } from "../model/sentiment";
import { roleName, shortName } from "../model/speakers";
import type { SentimentChange } from "../model/types";
import { PlayGlyph } from "../player/PlayGlyph";
import { toSeconds } from "../search";

/** Longer than this, a passage is not listened to for its change. */
const longestMs = 30_000;

type PopupProps = {
  readonly id: string;
  readonly change: SentimentChange;
  readonly stem: { readonly x: number; readonly top: number };
  readonly inset: number;
};

/** Below the chart, in space of its own; a stem leads to its point. */
export function ChangePopup({ id, change, stem, inset }: PopupProps) {
  const { interaction, model, goTo, playPassage } = useConversation();
  const { segments } = interaction.transcript ?? {};
  const role = segments?.roles[change.segment] ?? "OTHER";
  const speaker = model.names.get(segments?.speakers[change.segment] ?? "") ?? roleName(role);
  const untilMs = Math.min(change.untilMs, change.ms + longestMs);
  return (
    <div id={id} className="animate-pop relative mt-3" style={{ marginLeft: -inset }}>
      <span aria-hidden="true" className="absolute bottom-full w-px bg-ink" style={{ left: stem.x, height: 84 - stem.top + 16 + 12 }} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-pop border border-line bg-raised p-3 shadow-2">
        <div>
          <Chip tone={sentimentTones[change.to]}>
            {className(change.from)} → {className(change.to)}
          </Chip>
          <p className="figures mt-1 text-meta whitespace-nowrap text-ink-2">
            {t("{from} to {to}", { from: clock(change.ms), to: clock(change.untilMs) })}
          </p>
        </div>
        <p className="line-clamp-3 min-w-36 flex-1">
          <span className={`font-semibold ${roleInk(role)}`}>{shortName(speaker)}</span> {model.texts[change.segment]}
        </p>
        <div className="flex gap-2">
          {interaction.media && (
            <Button variant="primary" onPress={() => playPassage(change.ms, untilMs)}>
              <PlayGlyph />
              {t("Play {length}", { length: span(Math.round((untilMs - change.ms) / 1000) * 1000) })}
            </Button>
          )}
          <Link
            from="/interactions/$id"
            search={(before: Record<string, unknown>) => ({ ...before, t: toSeconds(change.ms) })}
            onClick={() => goTo(change.ms)}
            className={buttonClass()}
          >
            {t("Passage")}
          </Link>
        </div>
      </div>
    </div>
  );
}
