import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { Sheet } from "@/components/Dialog";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { Pager } from "@/components/Table";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime, interactionNumber } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { DifferingInteractionsDocument, type DifferingInteractionsQuery } from "./__generated__";
import { type Difference, featureLabel, nameLabel, partsLabel, type Run, valueLabel } from "./model";

const pageSize = 25;

type Props = { readonly run: Run; readonly row: Difference; readonly onClose: () => void };
type Item = NonNullable<DifferingInteractionsQuery["reanalysis"]>["items"]["edges"][number]["node"];

/** The interactions of a run that differ in one thing, each with its values on both sides, the newest first. */
export function DifferingSheet({ run, row, onClose }: Props) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const [{ data, error, fetching }, again] = useQuery({
    query: DifferingInteractionsDocument,
    variables: { id: run.id, feature: row.feature, name: row.name, first: pageSize, after: cursors.at(-1) ?? null },
  });
  const slow = useSlow(fetching);
  const items = data?.reanalysis?.items;
  const next = items?.pageInfo.hasNextPage ? items.pageInfo.endCursor : null;
  return (
    <Sheet title={nameLabel(row)} isOpen onClose={onClose} width="md:w-120">
      <p className="mb-3 text-ink-2">
        {t("{kind}, in {count, plural, one {# interaction} other {# interactions}} of this run.", {
          kind: featureLabel(row.feature),
          count: row.interactions,
        })}
      </p>
      {error && <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />}
      {slow && !items && <Skeleton className="h-40" />}
      {items && (
        <ul className={`-mx-5 border-t border-line motion-fade ${fetching ? "opacity-60" : ""}`}>
          {items.edges.map(({ node }) => (
            <Entry key={node.interaction.id} node={node} row={row} />
          ))}
        </ul>
      )}
      {items?.edges.length === 0 && <p className="py-4 text-ink-2">{t("None of them may be seen with your role.")}</p>}
      <Pager
        label={t("Pages of interactions")}
        onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : null}
        onNext={next ? () => setCursors([...cursors, next]) : null}
      />
    </Sheet>
  );
}

function Entry({ node, row }: { readonly node: Item; readonly row: Difference }) {
  const zone = useZone();
  const { interaction } = node;
  const change = node.changes.find((one) => one.feature === row.feature && one.name === row.name);
  return (
    <li className="border-b border-line">
      <Link
        to="/interactions/$id/versions"
        params={{ id: interaction.id }}
        className="figures grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-5 py-2 hover:bg-canvas touch:py-3"
      >
        <span className="truncate font-medium">
          {interactionNumber(interaction.number)} <span className="font-normal text-ink-2">{interaction.agent?.name}</span>
        </span>
        <span className="text-right font-medium whitespace-nowrap">
          {change && `${valueLabel(row, change.before)} → ${valueLabel(row, change.after)}`}
        </span>
        <span className="text-meta text-ink-3">{dateTime(interaction.startedAt, zone)}</span>
        <span className="text-right text-meta text-ink-3">{change && partsLabel(change)}</span>
      </Link>
    </li>
  );
}
