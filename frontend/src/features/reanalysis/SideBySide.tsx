import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useQuery } from "urql";
import { Chip, type ChipTone } from "@/components/Chip";
import { Notice } from "@/components/Notice";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { VersionDifferenceDocument, type VersionDifferenceQuery } from "./__generated__";
import { featureLabel, nameLabel, partsLabel, valueLabel } from "./model";
import { Passages } from "./Passages";
import { madeDifferences } from "./settings-diff";

type Comparison = NonNullable<NonNullable<VersionDifferenceQuery["interaction"]>["analysisDifference"]>;
export type Passage = Comparison["passages"][number];
type Change = Comparison["changes"][number];
type Props = { readonly id: string; readonly old: string; readonly fresh: string };

/** Two analyses: how they were made, and every figure, mention, event and passage in which they differ. */
export function SideBySide({ id, old, fresh }: Props) {
  const [{ data, error, fetching }, again] = useQuery({
    query: VersionDifferenceDocument,
    variables: { id, old, new: fresh },
  });
  const slow = useSlow(fetching && !data);
  const found = data?.interaction?.analysisDifference;
  if (error && !data) return <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  if (!found) return slow ? <Skeleton className="h-44 rounded-card!" /> : null;
  const apart = madeDifferences(found.old, found.new);
  const numbers = found.changes.filter((one) => one.feature === "SCORE" || one.feature === "FIGURE");
  const counts = found.changes.filter((one) => !numbers.includes(one));
  return (
    <div className="flex flex-col gap-5">
      {!found.sameTranscript && (
        <Notice tone="attention">{t("The transcript changed too: words or roles are not the same on both sides.")}</Notice>
      )}
      {apart.length > 0 && (
        <Part title={t("How they were made")}>
          <Rows label={t("How they were made")} rows={apart.map(({ name, before, after }) => ({ key: name, name, before, after }))} />
        </Part>
      )}
      {numbers.length > 0 && (
        <Part title={t("Figures")}>
          <Rows label={t("Figures")} rows={numbers.map(numberRow)} />
        </Part>
      )}
      {counts.length > 0 && (
        <Part title={t("What was found")}>
          <Rows label={t("What was found")} rows={counts.map(countRow)} />
        </Part>
      )}
      {found.passages.length > 0 && (
        <Part title={t("Passages")}>
          <Passages id={id} passages={found.passages} />
        </Part>
      )}
      {found.changes.length === 0 && <p className="text-ink-2">{t("Both say the same of this conversation.")}</p>}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="overflow-hidden rounded-card border border-line bg-surface">
      <h2 className="px-4 pt-3 pb-2 font-semibold md:px-5">{title}</h2>
      {children}
    </section>
  );
}

type SideRow = {
  readonly key: string;
  readonly name: ReactNode;
  readonly before: string;
  readonly after: string;
  readonly note?: ReactNode;
};

const numberRow = (one: Change): SideRow => ({
  key: `${one.feature} ${one.name}`,
  name: nameLabel(one),
  before: valueLabel(one, one.before),
  after: valueLabel(one, one.after),
});

const countRow = (one: Change): SideRow => ({
  key: `${one.feature} ${one.name}`,
  name: (
    <>
      <span className="font-medium">{nameLabel(one)}</span> <span className="text-meta text-ink-3">{featureLabel(one.feature)}</span>
    </>
  ),
  before: valueLabel(one, one.before),
  after: valueLabel(one, one.after),
  note: partsLabel(one),
});

const cell = "border-t border-line px-2 py-2 align-top first:pl-4 last:pr-4 md:first:pl-5 md:last:pr-5";
const head = "px-2 py-1 text-left text-meta font-normal text-ink-2 first:pl-4 last:pr-4 md:first:pl-5 md:last:pr-5";

function Rows({ label, rows }: { readonly label: string; readonly rows: readonly SideRow[] }) {
  const noted = rows.some((row) => row.note);
  return (
    <table aria-label={label} className="w-full table-fixed border-separate border-spacing-0">
      <thead>
        <tr>
          <th className={`${head} w-[44%]`}>
            <span className="sr-only">{t("What")}</span>
          </th>
          <th className={head}>{t("Old")}</th>
          <th className={head}>{t("New")}</th>
          {noted && <th className={`${head} hidden sm:table-cell`}>{t("Difference")}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td className={`${cell} wrap-anywhere`}>{row.name}</td>
            <td className={`${cell} figures wrap-anywhere text-ink-2`}>{row.before}</td>
            <td className={`${cell} figures font-semibold wrap-anywhere`}>{row.after}</td>
            {noted && <td className={`${cell} figures hidden text-meta text-ink-2 sm:table-cell`}>{row.note}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const kindTones: Record<Passage["kind"], ChipTone> = { ADDED: "positive", REMOVED: "negative", CHANGED: "indicator" };

/** The way to a passage, at its second. */
export function At({ id, ms }: { readonly id: string; readonly ms: number }) {
  return (
    <Link
      to="/interactions/$id"
      params={{ id }}
      search={{ t: Math.floor(ms / 1000) }}
      aria-label={t("Go to {at}", { at: clock(ms) })}
      className="figures rounded-chip text-ink-2 underline-offset-2 hover:text-ink hover:underline"
    >
      {clock(ms)}
    </Link>
  );
}

export function KindChip({ kind }: { readonly kind: Passage["kind"] }) {
  const names = { ADDED: t("Added"), REMOVED: t("Removed"), CHANGED: t("Changed") };
  return (
    <span>
      <Chip tone={kindTones[kind]}>{names[kind]}</Chip>
    </span>
  );
}
