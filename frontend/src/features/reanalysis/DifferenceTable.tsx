import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useQuery } from "urql";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { cellClass, headClass, Table } from "@/components/Table";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { number } from "@/lib/format";
import { RunDifferenceDocument } from "./__generated__";
import { Explained, useDefinitions } from "./Explained";
import { type Difference, done, featureLabel, figureOf, meansLabel, nameLabel, partsLabel, type Run } from "./model";

const DifferingSheet = lazy(async () => ({ default: (await import("./DifferingSheet")).DifferingSheet }));

/** In what the new analyses differ from the current ones, most interactions first; it grows while the run is at work. */
export function DifferenceTable({ run }: { readonly run: Run }) {
  const [{ data, error, fetching }, again] = useQuery({
    query: RunDifferenceDocument,
    variables: { id: run.id },
    requestPolicy: "cache-and-network",
  });
  const [opened, setOpened] = useState<Difference | null>(null);
  const definitions = useDefinitions();
  const through = done(run);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each interaction that is through there may be more
  useEffect(() => again({ requestPolicy: "network-only" }), [through]);
  const slow = useSlow(fetching && !data);
  const rows = data?.reanalysis?.difference;
  if (error && !data) return <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  if (slow) return <Skeleton className="m-5 h-24" />;
  if (!data) return null;
  if (!rows) return <Line>{t("What differs is not shown: so few interactions would tell of conversations that you may not see.")}</Line>;
  if (rows.length === 0)
    return <Line>{through === 0 ? t("Nothing to compare yet.") : t("Nothing differs from the current analyses so far.")}</Line>;
  return (
    <div className="border-t border-line">
      <Table label={t("What differs")} head={<Head />}>
        {rows.map((row) => (
          <Row key={`${row.feature} ${row.name}`} row={row} onOpen={() => setOpened(row)}>
            <Explained name={nameLabel(row)} definition={definitions.get(figureOf(row) ?? "SUMMARY")} />
          </Row>
        ))}
      </Table>
      <p className="px-4 py-3 text-meta text-ink-3 md:px-5">
        {t(
          "Interactions: in how many it differs. Added, removed, changed: how many mentions, events, passages or values came, went, or are there with another value. Mean: over those of these interactions that have a value on both sides.",
        )}
      </p>
      <Suspense>{opened && <DifferingSheet run={run} row={opened} onClose={() => setOpened(null)} />}</Suspense>
    </div>
  );
}

function Line({ children }: { readonly children: string }) {
  return <p className="border-t border-line px-4 py-4 text-ink-2 md:px-5">{children}</p>;
}

const numbers = "figures text-right";
const narrow = "hidden sm:table-cell";

function Head() {
  return (
    <>
      <th className={headClass}>{t("What differs")}</th>
      <th className={`${headClass} ${numbers}`}>{t("Interactions")}</th>
      <th className={`${headClass} ${numbers} ${narrow}`}>{t("Added")}</th>
      <th className={`${headClass} ${numbers} ${narrow}`}>{t("Removed")}</th>
      <th className={`${headClass} ${numbers} ${narrow}`}>{t("Changed")}</th>
      <th className={`${headClass} ${numbers}`}>{t("Mean, old → new")}</th>
    </>
  );
}

type RowProps = { readonly row: Difference; readonly onOpen: () => void; readonly children: ReactNode };

function Row({ row, onOpen, children }: RowProps) {
  return (
    <tr className="hover:bg-canvas">
      <td className={cellClass}>
        <span className="flex items-center gap-1.5">
          <button type="button" onClick={onOpen} className="min-w-0 py-1 text-left underline-offset-2 hover:underline touch:py-2.5">
            <span className="font-medium">{nameLabel(row)}</span> <span className="text-meta text-ink-3">{featureLabel(row.feature)}</span>
          </button>
          {children}
        </span>
        <span className="figures block pb-2 text-meta text-ink-2 sm:hidden">{partsLabel(row)}</span>
      </td>
      <td className={`${cellClass} ${numbers}`}>{number(row.interactions)}</td>
      <td className={`${cellClass} ${numbers} ${narrow}`}>{row.added ? `+${number(row.added)}` : "–"}</td>
      <td className={`${cellClass} ${numbers} ${narrow}`}>{row.removed ? `−${number(row.removed)}` : "–"}</td>
      <td className={`${cellClass} ${numbers} ${narrow}`}>{row.changed ? number(row.changed) : "–"}</td>
      <td className={`${cellClass} ${numbers} whitespace-nowrap`}>{meansLabel(row) || "–"}</td>
    </tr>
  );
}
