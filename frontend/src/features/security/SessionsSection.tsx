import { useQuery } from "urql";
import { buttonClass } from "@/components/button-style";
import { Chip } from "@/components/Chip";
import { Notice } from "@/components/Notice";
import { ErrorPanel } from "@/components/Panel";
import { Section } from "@/components/Section";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { browserName } from "@/lib/browser";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { MySessionsDocument, RevokeOtherSessionsDocument, RevokeSessionDocument, type SessionRowFragment } from "./__generated__";
import { methodLabel } from "./model";

/** Where the viewer is signed in; each can be ended from here, and is ended at once. */
export function SessionsSection() {
  const [{ data, error, fetching }, refetch] = useQuery({ query: MySessionsDocument, requestPolicy: "cache-and-network" });
  const { run: endOne, busy: endingOne, refusal: refusedOne } = useAction(RevokeSessionDocument);
  const { run: endOthers, busy: endingOthers, refusal: refusedOthers } = useAction(RevokeOtherSessionsDocument);
  const slow = useSlow(fetching && !data);
  const again = () => refetch({ requestPolicy: "network-only" });
  const end = async (session: SessionRowFragment) => {
    if (!(await endOne({ id: session.id }))) return;
    toast(t("The session has ended."));
    again();
  };
  const endAll = async () => {
    if (!(await endOthers({}))) return;
    toast(t("Every other session has ended."));
    again();
  };
  const refusal = refusedOne ?? refusedOthers;
  const sessions = data && [...data.mySessions].sort((one, other) => Number(other.current) - Number(one.current));
  return (
    <Section
      title={t("Sessions")}
      hint={t("Where you are signed in. What you do not know, end, and change your password.")}
      action={
        sessions &&
        sessions.length > 1 && (
          <button type="button" disabled={endingOthers} className={buttonClass()} onClick={endAll}>
            {t("End all others")}
          </button>
        )
      }
    >
      {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={again} />}
      {slow && <Skeleton className="h-32 w-full rounded-card" />}
      {refusal && <Notice tone="critical">{refusal.message}</Notice>}
      {sessions && (
        <ul className="overflow-hidden rounded-card border border-line">
          {sessions.map((session) => (
            <Row key={session.id} session={session} busy={endingOne} onEnd={() => end(session)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

type RowProps = { readonly session: SessionRowFragment; readonly busy: boolean; readonly onEnd: () => void };

function Row({ session, busy, onEnd }: RowProps) {
  const zone = useZone();
  const device = browserName(session.userAgent);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-0">
      <div className="min-w-0 flex-1 basis-60" title={session.userAgent ?? undefined}>
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold">{device}</span>
          {session.current && <Chip tone="accent">{t("This one")}</Chip>}
        </p>
        <p className="text-ink-2">
          {session.address ?? t("Unknown address")} · {methodLabel(session.method)}
        </p>
        <p className="figures text-meta text-ink-3">
          {t("Since {since}, last seen {seen}", { since: dateTime(session.createdAt, zone), seen: dateTime(session.seenAt, zone) })}
        </p>
      </div>
      {!session.current && (
        <button
          type="button"
          disabled={busy}
          className={buttonClass("danger", "small")}
          aria-label={t("End the session of {device}", { device })}
          onClick={onEnd}
        >
          {t("End")}
        </button>
      )}
    </li>
  );
}
