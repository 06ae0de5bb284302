import { useState } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useViewer } from "@/lib/viewer";
import { type LicenceSeatsFragment, SeatUsageDocument } from "./__generated__";
import { LicenceDialog } from "./LicenceDialog";
import { Licences } from "./Licences";
import { SeatHistory } from "./SeatHistory";
import { BySource, ByTeam } from "./Shares";

/** Seats used of bought, whose they are, how each was assigned, and what happened to them. */
export function SeatsPage() {
  const viewer = useViewer();
  const [edited, setEdited] = useState<LicenceSeatsFragment | "new" | null>(null);
  const [{ data, error, fetching }, again] = useQuery({ query: SeatUsageDocument, requestPolicy: "cache-and-network" });
  const refresh = () => again({ requestPolicy: "network-only" });
  const slow = useSlow(fetching && !data);
  const usage = data?.seatUsage;
  const owner = viewer.accountRole === "OWNER";
  return (
    <>
      <PageBar title={t("Seats")} note={usage && t("{used} of {seats} used", { used: usage.used, seats: usage.seats })}>
        {owner && (
          <Button onPress={() => setEdited("new")}>
            <Icon name="plus" />
            {t("Add licence")}
          </Button>
        )}
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={refresh} />}
        {slow && <Waiting />}
        {usage && (
          <>
            <div className="grid max-w-6xl gap-3 px-4 py-5 md:px-5 lg:grid-cols-2">
              <Licences usage={usage} onEdit={owner ? setEdited : null} />
              <ByTeam usage={usage} />
              <BySource usage={usage} />
            </div>
            <SeatHistory />
          </>
        )}
      </div>
      {edited && <LicenceDialog licence={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={refresh} />}
    </>
  );
}

function Waiting() {
  return (
    <div aria-hidden="true" className="grid max-w-6xl gap-3 px-4 py-5 md:px-5 lg:grid-cols-2">
      <Skeleton className="h-44 rounded-card! lg:col-span-2" />
      <Skeleton className="h-48 rounded-card!" />
      <Skeleton className="h-48 rounded-card!" />
    </div>
  );
}
