import { useRef, useState } from "react";
import { useQuery } from "urql";
import { IconButton } from "@/components/Button";
import { Sheet } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import { ErrorPanel } from "@/components/Panel";
import { Popover, PopoverTrigger } from "@/components/Popover";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { type Figure, FigureEvidenceDocument, type FigureEvidenceQuery } from "@/graphql/__generated__";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { useConversation } from "../conversation";
import { PassageItem } from "./PassageItem";

export type Evidence = NonNullable<NonNullable<NonNullable<FigureEvidenceQuery["interaction"]>["analysis"]>["evidence"]>;

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
        <Sheet title={name} isOpen={isOpen} onClose={() => setOpen(false)}>
          {isOpen && <EvidenceOf of={of} onVisit={() => setOpen(false)} />}
        </Sheet>
      </>
    );
  return (
    <PopoverTrigger isOpen={isOpen} onOpenChange={setOpen}>
      {button}
      <Popover label={name} {...(isOpen ? beside(trigger.current) : {})} isNonModal className="w-[420px]">
        <h3 className="mb-1.5 text-prompt font-semibold">{name}</h3>
        <EvidenceOf of={of} onVisit={stay} />
      </Popover>
    </PopoverTrigger>
  );
}

/** The popover leaves the transcript in sight; the sheet of a phone has to go for it. */
const stay = () => {};

type EvidenceProps = { readonly of: Figure; readonly onVisit: () => void };

const popoverWidth = 444;

/** Left of the whole panel, so that the figure stays in sight beside its evidence; below the button where there is no room. */
function beside(button: HTMLElement | null): { placement: "left top" | "bottom end"; offset: number } {
  const panel = button?.closest("[role=tabpanel]")?.getBoundingClientRect().left ?? 0;
  if (!button || panel < popoverWidth) return { placement: "bottom end", offset: 6 };
  return { placement: "left top", offset: button.getBoundingClientRect().left - panel + 8 };
}

function EvidenceOf({ of, onVisit }: EvidenceProps) {
  const { interaction } = useConversation();
  const [{ data, error, fetching }, again] = useQuery({
    query: FigureEvidenceDocument,
    variables: { id: interaction.id, of },
    requestPolicy: "cache-and-network",
  });
  const slow = useSlow(fetching && !data);
  const evidence = data?.interaction?.analysis?.evidence;
  if (evidence) return <Shown evidence={evidence} onVisit={onVisit} />;
  if (error) return <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  return slow ? <Skeleton className="h-32 w-full" /> : <div className="h-32" />;
}

function Shown({ evidence, onVisit }: { readonly evidence: Evidence; readonly onVisit: () => void }) {
  return (
    <div className="flex flex-col gap-2.5">
      <p className="text-ink-2">{evidence.definition}</p>
      <p className="figures overflow-x-auto rounded-field bg-sunken px-2.5 py-2 font-mono text-meta leading-[18px]">
        {evidence.computation}
      </p>
      {evidence.items.length > 0 ? (
        <ol aria-label={t("Passages")} className="-mx-1 max-h-72 overflow-y-auto">
          {evidence.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, whose places may repeat
            <PassageItem key={index} item={item} onVisit={onVisit} />
          ))}
        </ol>
      ) : (
        <p className="text-ink-3">{t("No single passage made this figure.")}</p>
      )}
      <p className="text-axis text-ink-3">{evidence.source}</p>
    </div>
  );
}
