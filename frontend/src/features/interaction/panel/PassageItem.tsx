import { Link } from "@tanstack/react-router";
import { IconButton } from "@/components/Button";
import { t } from "@/i18n";
import { clock, percent } from "@/lib/format";
import { useConversation } from "../conversation";
import { roleInk } from "../kinds";
import { roleName } from "../model/speakers";
import { PlayGlyph } from "../player/PlayGlyph";
import { toSeconds } from "../search";
import type { Evidence } from "./EvidenceOf";

type Item = Evidence["items"][number];

/** One passage of the evidence: play it, go to it, what it gave. */
export function PassageItem({ item, onVisit }: { readonly item: Item; readonly onVisit: () => void }) {
  const { goTo, playPassage, interaction } = useConversation();
  return (
    <li className="grid grid-cols-[28px_52px_minmax(0,1fr)_auto] items-start gap-x-1 rounded-field py-0.5 hover:bg-sunken">
      {interaction.media ? (
        <IconButton
          small
          label={t("Play from {at}", { at: clock(item.startMs) })}
          onPress={() => playPassage(item.startMs, item.endMs)}
          className="size-6!"
        >
          <PlayGlyph />
        </IconButton>
      ) : (
        <span />
      )}
      <Link
        from="/interactions/$id"
        search={(before: Record<string, unknown>) => ({ ...before, t: toSeconds(item.startMs) })}
        onClick={() => {
          goTo(item.startMs);
          onVisit();
        }}
        aria-label={t("Go to {at}", { at: clock(item.startMs) })}
        className="figures rounded-chip px-1 leading-6 text-ink-2 underline-offset-2 hover:text-ink hover:underline"
      >
        {clock(item.startMs)}
      </Link>
      <p className="min-w-0 py-0.5">
        {item.role && <span className={`font-medium ${roleInk(item.role)}`}>{roleName(item.role)}</span>}{" "}
        {item.quote && <span className="text-ink-2">{item.quote}</span>}
        {item.translation && (
          <span lang="en" className="block text-meta text-ink-3">
            {item.translation}
          </span>
        )}
      </p>
      <p className="figures pt-0.5 pr-1.5 text-right text-meta leading-5 whitespace-nowrap">
        {item.value}
        {item.contribution !== null && (
          <span className="block text-axis leading-4 text-ink-3">{t("{share} of it", { share: percent(item.contribution * 100) })}</span>
        )}
      </p>
    </li>
  );
}
