import { Link } from "@tanstack/react-router";
import { t } from "@/i18n";
import { sourceLabel } from "@/lib/access";
import { number, percent } from "@/lib/format";
import type { UsageFragment } from "./__generated__";
import { Bar, Card } from "./Card";
import { inOrder, shareOf } from "./shares";

type Props = { readonly usage: UsageFragment };

/** Seats by the team of the agent that the holder is. */
export function ByTeam({ usage }: Props) {
  const rows = inOrder(usage.byTeam);
  const most = Math.max(1, ...rows.map((row) => row.used));
  return (
    <Card title={t("By team")}>
      {rows.length === 0 && <p className="text-ink-2">{t("No seat is assigned yet.")}</p>}
      <ul className="flex flex-col gap-2.5">
        {rows.map(({ team, used }) => (
          <li key={team?.id ?? "none"} className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)_2.5rem] items-center gap-3">
            {team ? (
              <Link
                to="/admin/users"
                search={{ seat: "yes", team: team.id }}
                className="truncate rounded-chip hover:underline touch:py-3"
                title={team.name}
              >
                {team.name}
              </Link>
            ) : (
              <span className="truncate text-ink-2">{t("In no team")}</span>
            )}
            <Bar share={shareOf(used, most)} tone={team ? "bg-ink-2" : "bg-line-3"} />
            <span className="figures text-right font-semibold">{number(used)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Ink only: who assigned a seat is neither good nor bad. The last is hatched. */
const tones = {
  MANUAL: "bg-ink-2",
  SAML: "bg-line-3",
  SCIM: "bg-[repeating-linear-gradient(135deg,var(--ink-3)_0_2px,var(--line)_2px_6px)]",
} as const;

/** One bar of all seats, cut by how each was assigned. */
export function BySource({ usage }: Props) {
  return (
    <Card title={t("By how they were assigned")}>
      {usage.used > 0 && (
        <div aria-hidden="true" className="mb-4 flex h-5 gap-0.5 overflow-hidden rounded-chip">
          {usage.bySource
            .filter(({ used }) => used > 0)
            .map(({ source, used }) => (
              <span key={source} className={tones[source]} style={{ width: `${shareOf(used, usage.used)}%` }} />
            ))}
        </div>
      )}
      <ul className="flex flex-col">
        {usage.bySource.map(({ source, used }) => (
          <li
            key={source}
            className="grid grid-cols-[12px_minmax(0,1fr)_auto_3rem] items-center gap-3 border-t border-line py-2 first:border-0"
          >
            <span aria-hidden="true" className={`size-3 rounded-chip ${tones[source]}`} />
            <span>
              {sourceLabel(source)}
              <span className="block text-meta text-ink-2">{hint(source)}</span>
            </span>
            <span className="figures font-semibold">{number(used)}</span>
            <span className="figures text-right text-ink-2">{percent(shareOf(used, usage.used))}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function hint(source: keyof typeof tones): string {
  return {
    MANUAL: t("By an administrator, here"),
    SAML: t("By a mapping rule at single sign-on"),
    SCIM: t("By the directory that provisions users"),
  }[source];
}
