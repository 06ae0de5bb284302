import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { Button } from "@/components/Button";
import { buttonClass } from "@/components/button-style";
import { Icon, type IconName } from "@/components/Icon";
import { t } from "@/i18n";
import { interactionAddress } from "@/lib/addresses";
import { dateTime, interactionNumber, languageName, number } from "@/lib/format";
import { listMemory } from "@/lib/list-memory";
import { useZone } from "@/lib/viewer";
import { useConversation } from "./conversation";
import { EngagementChain } from "./EngagementChain";
import type { Interaction } from "./model/types";
import type { Neighbours } from "./neighbours";
import { copyLink } from "./transcript/CopyLink";

/** Who spoke with whom, when, and where this contact stands in the list and in its engagement. */
export function Header({ neighbours }: { readonly neighbours: Neighbours }) {
  const { interaction, playback } = useConversation();
  const name = interaction.agent?.name ?? t("No agent");
  useEffect(() => {
    document.title = `${interactionNumber(interaction.number)} ${name} · Assay`;
  }, [interaction.number, name]);
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-2 border-b border-line px-2 py-1.5 md:min-h-15 md:gap-x-4 md:px-5 lg:flex-nowrap">
      <Place neighbours={neighbours} />
      <div className="min-w-0 flex-1 lg:min-w-64 md:border-l md:border-line md:pl-4">
        <h1 className="truncate text-prompt font-semibold tracking-[-0.01em] sm:text-title">
          {name} {interaction.consumer && <With consumer={interaction.consumer} />}
        </h1>
        <Facts interaction={interaction} />
      </div>
      <EngagementChain interaction={interaction} />
      <Button className="max-md:hidden" onPress={() => copyLink(interaction.id, playback.time())}>
        <Icon name="link" />
        <span className="max-xl:sr-only">{t("Copy link")}</span>
      </Button>
    </header>
  );
}

function With({ consumer }: { readonly consumer: string }) {
  return (
    <>
      <span className="font-normal text-ink-2">{t("with")}</span> {consumer}
    </>
  );
}

function Facts({ interaction }: { readonly interaction: Interaction }) {
  const zone = useZone();
  const { channel, queue, language } = interaction;
  const facts = [queue?.name, dateTime(interaction.startedAt, zone), language && languageName(language)].filter(Boolean);
  return (
    <p className="figures flex items-center gap-1.5 text-meta text-ink-2">
      <span className="font-medium whitespace-nowrap">{interactionNumber(interaction.number)}</span>
      <span aria-hidden="true">·</span>
      <Icon name={channel === "VIDEO" ? "video" : "phone"} size={13} />
      <span className="sr-only">{channel === "VIDEO" ? t("Video") : t("Voice")}</span>
      <span className="truncate">{facts.join("  ·  ")}</span>
    </p>
  );
}

/** The way back to the list as it was, and its neighbours. */
function Place({ neighbours }: { readonly neighbours: Neighbours }) {
  const { place, total } = neighbours;
  return (
    <div className="flex items-center">
      <Link
        to="/interactions"
        search={listMemory().search}
        aria-label={t("Back to interactions")}
        className={buttonClass("ghost", "icon", "md:mr-1")}
      >
        <Icon name="menu" size={17} />
      </Link>
      <Step id={neighbours.previous} icon="chevron-left" label={t("Previous interaction")} />
      {place !== null && (
        <p className="figures hidden px-1 text-body whitespace-nowrap text-ink-2 xl:block">
          {total === null ? number(place) : t("{place} of {total}", { place: number(place), total: number(total) })}
        </p>
      )}
      <Step id={neighbours.next} icon="chevron-right" label={t("Next interaction")} />
    </div>
  );
}

function Step({ id, icon, label }: { readonly id: string | null; readonly icon: IconName; readonly label: string }): ReactNode {
  const shape = buttonClass("ghost", "icon", "max-sm:w-7!");
  if (!id)
    return (
      <span aria-hidden="true" className={`${shape} opacity-35`}>
        <Icon name={icon} size={18} />
      </span>
    );
  return (
    <Link to={interactionAddress(id)} aria-label={label} title={label} className={shape}>
      <Icon name={icon} size={18} />
    </Link>
  );
}
