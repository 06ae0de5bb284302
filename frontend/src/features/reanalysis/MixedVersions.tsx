import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { mayAccount, useViewer } from "@/lib/viewer";
import { VersionsInForceDocument } from "./__generated__";
import { makings } from "./band";
import { madeDifferences } from "./settings-diff";

type Props = { readonly from: string | null; readonly to: string | null };

/** Below the list: its figures were not all made by the same version and settings. Nothing where they were. */
export function MixedVersions({ from, to }: Props) {
  const viewer = useViewer();
  const [{ data }] = useQuery({ query: VersionsInForceDocument, variables: { from, to } });
  const [main, other, ...rest] = makings(data?.analysisVersions ?? []);
  if (!main || !other) return null;
  const [first, ...more] = madeDifferences(main, other);
  return (
    <aside
      aria-label={t("Versions of the analysis")}
      className="figures flex min-h-10 shrink-0 items-center gap-x-3 border-t border-line bg-canvas px-4 py-1 text-ink-2 md:px-5"
    >
      <Icon name="info" className="text-ink-3" />
      <p className="min-w-0 flex-1">
        {rest.length > 0
          ? t("The figures of these conversations were made in {count} ways, so not all of them compare.", { count: 2 + rest.length })
          : first && more.length === 0
            ? t(
                "{count} of these conversations were analysed otherwise ({name}: {after} instead of {before}), so not all figures compare.",
                {
                  count: other.interactions,
                  name: first.name,
                  after: first.after,
                  before: first.before,
                },
              )
            : t("{count} of these conversations were analysed otherwise, so not all figures compare.", { count: other.interactions })}{" "}
        {mayAccount(viewer, "account.settings") && (
          <Link to="/admin/analyses" className="font-medium whitespace-nowrap text-ink underline underline-offset-2">
            {t("See the versions")}
          </Link>
        )}
      </p>
    </aside>
  );
}
