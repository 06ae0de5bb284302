import { useState } from "react";
import { useQuery } from "urql";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuTrigger } from "@/components/Menu";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { seatChangeLabel, sourceLabel } from "@/lib/access";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import {
  AssignSeatDocument,
  type PersonFragment,
  ReleaseSeatDocument,
  type UserChoicesQuery,
  UserSeatHistoryDocument,
} from "./__generated__";

type Licences = UserChoicesQuery["seatUsage"]["licences"];
type Props = { readonly user: PersonFragment; readonly licences: Licences };

/** Whether the person holds a seat, how it came to them, and what happened before. */
export function SeatSection({ user, licences }: Props) {
  const [visit, setVisit] = useState(0);
  const assign = useAction(AssignSeatDocument);
  const release = useAction(ReleaseSeatDocument);
  const { name } = user;
  const done = (text: string) => [toast(text), setVisit((one) => one + 1)];
  const give = async (licence?: string) => {
    release.clear();
    const payload = await assign.run({ input: { userId: user.id, ...(licence ? { licence } : {}) } });
    if (payload) done(t("{name} has a seat", { name }));
    else setVisit((one) => one + 1);
  };
  const take = async () => {
    assign.clear();
    const payload = await release.run({ userId: user.id });
    if (payload) done(t("The seat of {name} is free", { name }));
  };
  const refusal = assign.refusal ?? release.refusal;
  const busy = assign.busy || release.busy;
  return (
    <Section title={t("Seat")} hint={t("A seat opens conversations, scores and reports, as far as the roles reach.")}>
      <div className="flex max-w-xl flex-wrap items-center justify-between gap-3 rounded-card border border-line p-3.5">
        {user.seat ? <Held seat={user.seat} /> : <NoSeat active={user.active} />}
        {user.seat ? (
          <Button isDisabled={busy} onPress={take}>
            {t("Release seat")}
          </Button>
        ) : (
          user.active && <Assign licences={licences} busy={busy} onAssign={give} />
        )}
      </div>
      {refusal && (
        <Notice tone="critical" className="max-w-xl">
          {refusal.message}
        </Notice>
      )}
      <History key={`${visit} ${user.active} ${user.seat?.assignedAt}`} user={user} />
    </Section>
  );
}

function Held({ seat }: { readonly seat: NonNullable<PersonFragment["seat"]> }) {
  const at = dateTime(seat.assignedAt, useZone());
  const source = sourceLabel(seat.source);
  return (
    <div className="min-w-0">
      <p className="flex items-center gap-1.5 font-medium">
        <Icon name="check" className="text-positive" />
        {seat.licence.name}
      </p>
      <p className="text-ink-2">
        {seat.source !== "MANUAL"
          ? t("Assigned by {source} on {at}.", { source, at })
          : seat.assignedBy
            ? t("Assigned by {by}, by hand, on {at}.", { by: seat.assignedBy.name, at })
            : t("Assigned by hand on {at}.", { at })}
      </p>
    </div>
  );
}

function NoSeat({ active }: { readonly active: boolean }) {
  return (
    <div className="min-w-0 flex-1">
      <p className="font-medium">{t("No seat")}</p>
      <p className="text-ink-2">
        {active
          ? t("They can sign in, and see no conversation, score or report.")
          : t("An inactive person holds none. Activate them first.")}
      </p>
    </div>
  );
}

type AssignProps = { readonly licences: Licences; readonly busy: boolean; readonly onAssign: (licence?: string) => void };

/** One button where there is one licence; a choice where there are several. */
function Assign({ licences, busy, onAssign }: AssignProps) {
  if (licences.length < 2)
    return (
      <Button variant="primary" isDisabled={busy} onPress={() => onAssign()}>
        {t("Assign seat")}
      </Button>
    );
  return (
    <MenuTrigger>
      <Button variant="primary" isDisabled={busy}>
        {t("Assign seat")}
        <Icon name="chevron-down" />
      </Button>
      <Menu aria-label={t("Licence")} onAction={(key) => onAssign(key === "first" ? undefined : String(key))}>
        <MenuItem id="first">{t("The first licence with room")}</MenuItem>
        {licences.map((licence) => (
          <MenuItem key={licence.id} id={licence.id} textValue={licence.name}>
            {t("{name}: {used} of {seats} used", licence)}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

function History({ user }: { readonly user: PersonFragment }) {
  const zone = useZone();
  const [{ data }] = useQuery({ query: UserSeatHistoryDocument, variables: { id: user.id }, requestPolicy: "cache-and-network" });
  const events = data?.seatHistory.edges.map((edge) => edge.node) ?? [];
  if (events.length === 0) return null;
  return (
    <div className="max-w-xl">
      <h3 className="mb-1 font-medium">{t("History")}</h3>
      <ol className="flex flex-col">
        {events.map((event) => (
          <li
            key={event.id}
            className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 border-t border-line py-2 sm:grid-cols-[9.5rem_minmax(0,1fr)]"
          >
            <span className="figures text-ink-2">{dateTime(event.at, zone)}</span>
            <span>
              <span className="font-medium">{seatChangeLabel(event.change)}</span>
              {event.licence && <span> · {event.licence.name}</span>}
              <span className="text-ink-2"> · {event.by && event.source === "MANUAL" ? event.by.name : sourceLabel(event.source)}</span>
              {event.reason && <span className="block text-ink-2">{event.reason}</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
