import { Fragment, useLayoutEffect } from "react";
import { useQuery } from "urql";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useConversation } from "../conversation";
import { type Figure, FigureEvidenceDocument, type FigureEvidenceQuery } from "./__generated__";
import { Factors } from "./Factors";
import { PassageItem } from "./PassageItem";

export type Evidence = NonNullable<NonNullable<NonNullable<FigureEvidenceQuery["interaction"]>["analysis"]>["evidence"]>;

type EvidenceProps = { readonly of: Figure; readonly onVisit: () => void };

/** Definition, computation with this call's numbers, the passages, the rule or model. */
export function EvidenceOf({ of, onVisit }: EvidenceProps) {
  const { interaction } = useConversation();
  const [{ data, error, fetching }, again] = useQuery({
    query: FigureEvidenceDocument,
    variables: { id: interaction.id, of },
    requestPolicy: "cache-and-network",
  });
  const slow = useSlow(fetching && !data);
  const evidence = data?.interaction?.analysis?.evidence;
  usePlacedAnew(Boolean(evidence));
  if (evidence) return <Shown evidence={evidence} onVisit={onVisit} />;
  if (error) return <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  return slow ? <Skeleton className="h-32 w-full" /> : <div className="h-32" />;
}

/** A popover is placed for the height that it opens with, and is not told when its content has grown beyond that: a resize tells it. */
function usePlacedAnew(isThere: boolean): void {
  useLayoutEffect(() => {
    if (isThere) window.dispatchEvent(new Event("resize"));
  }, [isThere]);
}

function Shown({ evidence, onVisit }: { readonly evidence: Evidence; readonly onVisit: () => void }) {
  return (
    <div className="flex flex-col gap-2.5">
      <p className="text-ink-2">{evidence.definition}</p>
      <p className="figures overflow-x-auto rounded-field bg-sunken px-2.5 py-2 font-mono text-meta leading-[18px]">
        {evidence.computation}
      </p>
      <Factors of={evidence.figure} factors={evidence.factors} />
      {evidence.items.length > 0 ? (
        <ol aria-label={t("Passages")} className="-mx-1 max-h-64 overflow-y-auto">
          {evidence.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, whose places may repeat
            <Fragment key={index}>
              {item.name && item.name !== evidence.items[index - 1]?.name && (
                <li className="px-1 pt-2 pb-0.5 text-meta font-medium first:pt-0">{item.name}</li>
              )}
              <PassageItem item={item} onVisit={onVisit} />
            </Fragment>
          ))}
        </ol>
      ) : (
        <p className="text-ink-3">{t("No single passage made this figure.")}</p>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-1 border-t border-line pt-2 text-axis text-ink-3">
        <dt className="font-medium">{t("How sure")}</dt>
        <dd>{evidence.uncertainty}</dd>
        <dt className="font-medium">{t("Made by")}</dt>
        <dd>{evidence.source}</dd>
      </dl>
    </div>
  );
}
