import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { Icon } from "@/components/Icon";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { ScimDocument } from "./__generated__";
import { rowClass } from "./row";

/** What has come by SCIM, and the way to its page. */
export function Provisioning() {
  const zone = useZone();
  const [{ data, error, fetching }, again] = useQuery({ query: ScimDocument, requestPolicy: "cache-and-network" });
  const slow = useSlow(fetching && !data);
  if (error && !data) return <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  if (slow) return <Skeleton className="h-18 w-full rounded-card" />;
  if (!data) return null;
  const { users, groups, lastRequestAt } = data.scimSettings;
  return (
    <div className="overflow-hidden rounded-card border border-line">
      <Link to="/admin/identity/$id" params={{ id: "scim" }} className={rowClass}>
        <span className="min-w-0 flex-1">
          <span className="block font-semibold">{t("SCIM")}</span>
          <span className="figures block text-ink-2">
            {t("{users, plural, one {# user} other {# users}}, {groups, plural, one {# group} other {# groups}}", { users, groups })}
          </span>
          <span className="block text-meta text-ink-3">
            {lastRequestAt ? t("Last request {when}", { when: dateTime(lastRequestAt, zone) }) : t("No request has come yet")}
          </span>
        </span>
        <Icon name="chevron-right" className="text-ink-3" />
      </Link>
    </div>
  );
}
