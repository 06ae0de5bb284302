import { lazy, Suspense, useRef, useState } from "react";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Popover, PopoverTrigger } from "@/components/Popover";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import type { Figure } from "./__generated__";

// Asked for by a press, so it is loaded by one.
const EvidenceOf = lazy(async () => ({ default: (await import("./EvidenceOf")).EvidenceOf }));
const EvidenceSheet = lazy(async () => ({ default: (await import("./EvidenceSheet")).EvidenceSheet }));

export function figureName(of: Figure): string {
  const names: Record<Figure, string> = {
    ENGAGEMENT_SCORE: t("Engagement score"),
    SENTIMENT_SCORE: t("Sentiment score"),
    TALK_SHARE: t("Talk to listen"),
    LONGEST_SPIEL: t("Longest spiel"),
    FILLERS_PER_MIN: t("Filler words"),
    TALKING_SPEED: t("Talking speed"),
    PATIENCE: t("Patience"),
    RESPONSE_LAG: t("Response lag"),
    SILENCES: t("Silences"),
    CROSSTALKS: t("Crosstalks"),
    HOLDS: t("Holds"),
    INTERACTION_SHARE: t("Share of the time"),
    SENTIMENT_LINE: t("Sentiment over time"),
    CALL_OUTS: t("Call outs"),
    TOPICS: t("Topic highlights"),
    NEXT_STEPS: t("Next steps"),
    GOOD_QUESTIONS: t("Good questions"),
    SUMMARY: t("Summary"),
  };
  return names[of];
}

/** The button beside a figure: its definition, its computation with this call's numbers, and the passages that made it. */
export function How({ of }: { readonly of: Figure }) {
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const sheet = !useMedia("(min-width: 768px)");
  const name = figureName(of);
  const button = (
    <IconButton
      ref={trigger}
      small
      label={t("How {figure} came about", { figure: name })}
      onPress={() => setOpen(true)}
      className="-my-1 -mr-1.5 size-6!"
    >
      <Icon name="help" size={16} />
    </IconButton>
  );
  if (sheet)
    return (
      <>
        {button}
        <Suspense>{isOpen && <EvidenceSheet of={of} name={name} isOpen onClose={() => setOpen(false)} />}</Suspense>
      </>
    );
  return (
    <PopoverTrigger isOpen={isOpen} onOpenChange={setOpen}>
      {button}
      <Popover label={name} {...(isOpen ? beside(trigger.current) : {})} isNonModal className="w-[420px]">
        <h3 className="mb-1.5 text-prompt font-semibold">{name}</h3>
        <Suspense fallback={<div className="h-32" />}>
          <EvidenceOf of={of} onVisit={stay} />
        </Suspense>
      </Popover>
    </PopoverTrigger>
  );
}

/** The popover leaves the transcript in sight; the sheet of a phone has to go for it. */
const stay = () => {};

const popoverWidth = 444;

/** Left of the whole panel, so that the figure stays in sight beside its evidence; below the button where there is no room. */
function beside(button: HTMLElement | null): { placement: "left top" | "bottom end"; offset: number } {
  const panel = button?.closest("[role=tabpanel]")?.getBoundingClientRect().left ?? 0;
  if (!button || panel < popoverWidth) return { placement: "bottom end", offset: 6 };
  return { placement: "left top", offset: button.getBoundingClientRect().left - panel + 8 };
}
