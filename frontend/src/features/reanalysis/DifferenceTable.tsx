import { useEffect } from "react";
import { useQuery } from "urql";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { cellClass, headClass, Table } from "@/components/Table";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { number } from "@/lib/format";
import { RunDifferenceDocument } from "./__generated__";
import { type Difference, done, featureLabel, meansLabel, nameLabel, type Run } from "./model";

/** In what the new analyses differ from the current ones, most interactions first; it grows while the run is at work. */
export function DifferenceTable({ run }: { readonly run: Run }) {
  const [{ data, error, fetching }, again] = useQuery({
    query: RunDifferenceDocument,
    variables: { id: run.id },
    requestPolicy: "cache-and-network",
  });
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
          <Row key={`${row.feature} ${row.name}`} row={row} />
        ))}
      </Table>
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

function Row({ row }: { readonly row: Difference }) {
  return (
    <tr>
      <td className={cellClass}>
        <span className="font-medium">{nameLabel(row)}</span> <span className="text-meta text-ink-3">{featureLabel(row.feature)}</span>
        <span className="figures block text-meta text-ink-2 sm:hidden">
          {t("+{added} −{removed} ~{changed}", { added: row.added, removed: row.removed, changed: row.changed })}
        </span>
      </td>
      <td className={`${cellClass} ${numbers}`}>{number(row.interactions)}</td>
      <td className={`${cellClass} ${numbers} ${narrow}`}>{row.added ? `+${number(row.added)}` : "–"}</td>
      <td className={`${cellClass} ${numbers} ${narrow}`}>{row.removed ? `−${number(row.removed)}` : "–"}</td>
      <td className={`${cellClass} ${numbers} ${narrow}`}>{row.changed ? number(row.changed) : "–"}</td>
      <td className={`${cellClass} ${numbers} whitespace-nowrap`}>{meansLabel(row) || "–"}</td>
    </tr>
  );
}
