import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useClient, useQuery } from "urql";
import { Button } from "@/components/Button";
import { Chip, type ChipTone } from "@/components/Chip";
import { Notice } from "@/components/Notice";
import { Skeleton } from "@/components/Skeleton";
import { cellClass, headClass, Table } from "@/components/Table";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { seatChangeLabel, sourceLabel } from "@/lib/access";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { SeatHistoryDocument, type SeatHistoryQuery } from "./__generated__";

const first = 25;

type Event = SeatHistoryQuery["seatHistory"]["edges"][number]["node"];

/** Every change of a seat, newest first, also those that were refused. */
export function SeatHistory() {
  const [{ data, error }] = useQuery({ query: SeatHistoryDocument, variables: { first }, requestPolicy: "cache-and-network" });
  const older = useOlder(data?.seatHistory);
  const events = [...(data?.seatHistory.edges ?? []), ...older.edges].map((edge) => edge.node);
  const head = (
    <>
      <th scope="col" className={headClass}>
        {t("When")}
      </th>
      <th scope="col" className={headClass}>
        {t("What")}
      </th>
      <th scope="col" className={headClass}>
        {t("Person")}
      </th>
      <th scope="col" className={`${headClass} max-md:hidden`}>
        {t("Licence")}
      </th>
      <th scope="col" className={`${headClass} max-md:hidden`}>
        {t("By")}
      </th>
      <th scope="col" className={`${headClass} max-lg:hidden`}>
        {t("Reason")}
      </th>
    </>
  );
  return (
    <section aria-label={t("History of seats")} className="border-t border-line pt-4 pb-6">
      <h2 className="mb-1 px-4 font-semibold md:px-5">{t("History")}</h2>
      {error && !data && (
        <Notice tone="critical" className="mx-4 md:mx-5">
          {errorMessage(error)}
        </Notice>
      )}
      {!data && !error && <Waiting />}
      {data && events.length === 0 && <p className="px-4 text-ink-2 md:px-5">{t("Nothing has happened yet.")}</p>}
      {events.length > 0 && (
        <Table label={t("History of seats")} head={head}>
          {events.map((event) => (
            <Row key={event.id} event={event} />
          ))}
        </Table>
      )}
      {older.more && (
        <div className="px-4 pt-3 md:px-5">
          <Button size="small" isDisabled={older.busy} onPress={older.load}>
            {t("Show older")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Waiting() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3 px-4 pt-3 md:px-5">
      {["a", "b", "c", "d"].map((row) => (
        <Skeleton key={row} className="h-8" />
      ))}
    </div>
  );
}

/** The pages after the first, each fetched when asked for; they are past and do not change. */
function useOlder(head: SeatHistoryQuery["seatHistory"] | undefined) {
  const client = useClient();
  const [pages, setPages] = useState<ReadonlyArray<SeatHistoryQuery["seatHistory"]>>([]);
  const [busy, setBusy] = useState(false);
  const start = head?.pageInfo.endCursor;
  const [from, setFrom] = useState(start);
  // A new event has moved where the first page ends: the pages below no longer join on.
  if (from !== start) {
    setFrom(start);
    setPages([]);
  }
  const last = (pages.at(-1) ?? head)?.pageInfo;
  const load = async () => {
    if (!last?.endCursor) return;
    setBusy(true);
    const { data } = await client.query(SeatHistoryDocument, { first, after: last.endCursor }).toPromise();
    setBusy(false);
    if (data) setPages((before) => [...before, data.seatHistory]);
  };
  return { edges: pages.flatMap((page) => page.edges), more: last?.hasNextPage ?? false, busy, load };
}

const tones: Record<Event["change"], ChipTone> = { ASSIGNED: "positive", RELEASED: "neutral", MOVED: "outline", REFUSED: "critical" };

function Row({ event }: { readonly event: Event }) {
  const zone = useZone();
  const by = event.by && event.source === "MANUAL" ? event.by.name : sourceLabel(event.source);
  return (
    <tr>
      <td className={`${cellClass} figures whitespace-nowrap text-ink-2 max-md:whitespace-normal`}>{dateTime(event.at, zone)}</td>
      <td className={cellClass}>
        <Chip tone={tones[event.change]}>{seatChangeLabel(event.change)}</Chip>
      </td>
      <td className={`${cellClass} py-2`}>
        {event.user ? (
          <Link to="/admin/users/$id" params={{ id: event.user.id }} className="rounded-chip font-medium hover:underline">
            {event.user.name}
          </Link>
        ) : (
          <span className="text-ink-2">{t("A person who was removed")}</span>
        )}
        <span className="block text-meta text-ink-2 md:hidden">{[event.licence?.name, by].filter(Boolean).join(" · ")}</span>
        {event.reason && <span className="block text-meta text-ink-2 lg:hidden">{event.reason}</span>}
      </td>
      <td className={`${cellClass} max-md:hidden`}>{event.licence?.name}</td>
      <td className={`${cellClass} whitespace-nowrap text-ink-2 max-md:hidden`}>{by}</td>
      <td className={`${cellClass} text-ink-2 max-lg:hidden`}>{event.reason}</td>
    </tr>
  );
}
