import { Link } from "@tanstack/react-router";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/Panel";
import { t } from "@/i18n";
import { number } from "@/lib/format";
import type { LicenceSeatsFragment, UsageFragment } from "./__generated__";
import { Bar, Card } from "./Card";
import { fillOf, shareOf } from "./shares";

type Props = { readonly usage: UsageFragment; readonly onEdit: ((licence: LicenceSeatsFragment) => void) | null };

/** The figure of the page: how many are used of how many, licence by licence. */
export function Licences({ usage, onEdit }: Props) {
  const free = usage.seats - usage.used;
  return (
    <Card title={t("By licence")} wide>
      {usage.licences.length === 0 ? (
        <EmptyState title={t("No licence yet")}>{t("An owner says here how many seats were bought.")}</EmptyState>
      ) : (
        <div className="grid grid-cols-1 gap-6 md:grid-cols-[200px_minmax(0,1fr)]">
          <p>
            <Link to="/admin/users" search={{ seat: "yes" }} className="group block w-fit rounded-chip">
              <span className="figures text-figure font-semibold tracking-[-0.02em] group-hover:underline">{number(usage.used)}</span>
              <span className="figures text-ink-2"> {t("of {seats} seats used", { seats: number(usage.seats) })}</span>
            </Link>
            <span className="figures mt-1 block text-ink-2">
              {free > 0 ? t("{free, plural, one {# seat is free} other {# seats are free}}", { free }) : t("No seat is free")}
            </span>
          </p>
          <ul className="flex flex-col gap-4">
            {usage.licences.map((licence) => (
              <Licence key={licence.id} licence={licence} onEdit={onEdit} />
            ))}
          </ul>
        </div>
      )}
      {!onEdit && (
        <p className="mt-4 border-t border-line pt-3 text-ink-2">
          {t("How many seats were bought, an owner of the account enters here or by the command line.")}
        </p>
      )}
    </Card>
  );
}

function Licence({ licence, onEdit }: { readonly licence: LicenceSeatsFragment; readonly onEdit: Props["onEdit"] }) {
  const { name, used, seats, bundledWith } = licence;
  const fill = fillOf(licence);
  return (
    <li>
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <span className="min-w-0 truncate font-medium">{name}</span>
        {licence.kind === "BUNDLE" && <Chip>{bundledWith ? t("with {product}", { product: bundledWith }) : t("Bundle")}</Chip>}
        {fill === "full" && <Chip tone="critical">{t("Full")}</Chip>}
        {fill === "near" && <Chip tone="indicator">{t("{free} left", { free: seats - used })}</Chip>}
        <span className="figures ml-auto whitespace-nowrap">
          <span className="font-semibold">{number(used)}</span>
          <span className="text-ink-2"> {t("of {seats}", { seats: number(seats) })}</span>
        </span>
        {onEdit && (
          <Button size="small" variant="ghost" aria-label={t("Edit {name}", { name })} onPress={() => onEdit(licence)}>
            {t("Edit")}
          </Button>
        )}
      </div>
      <Bar share={shareOf(used, seats)} tone={fill === "full" ? "bg-ink" : "bg-ink-2"} height="h-2.5" />
    </li>
  );
}
