import { useState } from "react";
import { useQuery } from "urql";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { Confirm } from "@/components/Confirm";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { Skeleton } from "@/components/Skeleton";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { browserName } from "@/lib/browser";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import {
  type PersonFragment,
  ResetTwoFactorDocument,
  RevokeSessionDocument,
  RevokeUserSessionsDocument,
  UserSessionsDocument,
  type UserSessionsQuery,
} from "./__generated__";

/** Where the person is signed in, each with the way to end it, and their second factor. */
export function SessionsSection({ user }: { readonly user: PersonFragment }) {
  const [{ data, error }, again] = useQuery({
    query: UserSessionsDocument,
    variables: { id: user.id },
    requestPolicy: "cache-and-network",
  });
  const revoke = useAction(RevokeSessionDocument);
  const refresh = () => again({ requestPolicy: "network-only" });
  const end = async (id: string) => {
    if (await revoke.run({ id })) [toast(t("Session ended")), refresh()];
  };
  const sessions = data?.userSessions;
  return (
    <Section title={t("Sign-in")} hint={t("A session that is ended is signed out at once, also in windows that are open.")}>
      <TwoFactor user={user} />
      <div className="flex max-w-2xl flex-col gap-2">
        <div className="flex min-h-8 items-center justify-between gap-3">
          <h3 className="font-medium">{t("Sessions")}</h3>
          {sessions && sessions.length > 0 && <EndAll user={user} onDone={refresh} />}
        </div>
        {error && !data && <Notice tone="critical">{errorMessage(error)}</Notice>}
        {revoke.refusal && <Notice tone="critical">{revoke.refusal.message}</Notice>}
        {!data && !error && <Skeleton className="h-16" />}
        {sessions?.length === 0 && <p className="text-ink-2">{t("Signed in nowhere.")}</p>}
        <ul className="flex flex-col">
          {sessions?.map((session) => (
            <Session key={session.id} session={session} busy={revoke.busy} onEnd={() => end(session.id)} />
          ))}
        </ul>
      </div>
    </Section>
  );
}

type SessionProps = {
  readonly session: UserSessionsQuery["userSessions"][number];
  readonly busy: boolean;
  readonly onEnd: () => void;
};

function Session({ session, busy, onEnd }: SessionProps) {
  const zone = useZone();
  const browser = browserName(session.userAgent);
  return (
    <li className="flex items-center justify-between gap-3 border-t border-line py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-1.5">
          <span className="font-medium">{browser}</span>
          <Chip tone="outline">{session.method === "password" ? t("Password") : session.method.toUpperCase()}</Chip>
          {session.current && <Chip tone="accent">{t("This session")}</Chip>}
        </p>
        <p className="figures text-ink-2">
          {t("Seen {seen} · since {since}", { seen: dateTime(session.seenAt, zone), since: dateTime(session.createdAt, zone) })}
          {session.address && ` · ${session.address}`}
        </p>
      </div>
      <Button size="small" isDisabled={busy} onPress={onEnd} aria-label={t("End the session of {browser}", { browser })}>
        {t("End")}
      </Button>
    </li>
  );
}

type PartProps = { readonly user: PersonFragment; readonly onDone: () => void };

function EndAll({ user, onDone }: PartProps) {
  const [asked, setAsked] = useState(false);
  const all = useAction(RevokeUserSessionsDocument);
  const run = async () => {
    if (await all.run({ userId: user.id })) [setAsked(false), toast(t("{name} is signed out everywhere", { name: user.name })), onDone()];
  };
  return (
    <>
      <Button size="small" variant="danger" onPress={() => setAsked(true)}>
        {t("Sign out everywhere")}
      </Button>
      <Confirm
        title={t("Sign {name} out everywhere?", { name: user.name })}
        isOpen={asked}
        onClose={() => setAsked(false)}
        verb={t("Sign out everywhere")}
        refusal={all.refusal?.message ?? null}
        onConfirm={run}
      >
        {t("Every session ends at once. They can sign in again.")}
      </Confirm>
    </>
  );
}

function TwoFactor({ user }: { readonly user: PersonFragment }) {
  const [asked, setAsked] = useState(false);
  const reset = useAction(ResetTwoFactorDocument);
  const run = async () => {
    if (await reset.run({ userId: user.id })) [setAsked(false), toast(t("Second factor of {name} removed", { name: user.name }))];
  };
  return (
    <div className="flex max-w-2xl flex-wrap items-center justify-between gap-3">
      <p>
        <span className="font-medium">{t("Second factor")}</span>
        <span className="text-ink-2"> · {user.twoFactor ? t("on: a code is asked beside the password") : t("off")}</span>
      </p>
      {user.twoFactor && (
        <Button size="small" onPress={() => setAsked(true)}>
          {t("Remove it")}
        </Button>
      )}
      <Confirm
        title={t("Remove the second factor of {name}?", { name: user.name })}
        isOpen={asked}
        onClose={() => setAsked(false)}
        verb={t("Remove")}
        refusal={reset.refusal?.message ?? null}
        onConfirm={run}
      >
        {t("For a lost phone. The password alone opens the door until they set up another one: make sure that it is they who ask.")}
      </Confirm>
    </div>
  );
}
