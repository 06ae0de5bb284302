import type { ReactNode } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Avatar } from "@/components/Avatar";
import { ErrorPanel } from "@/components/Panel";
import { Section } from "@/components/Section";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useViewer } from "@/lib/viewer";
import { SecurityDocument } from "./__generated__";
import { PasswordSection } from "./PasswordSection";
import { SessionsSection } from "./SessionsSection";
import { TwoFactorSection } from "./TwoFactorSection";

/** The viewer's own account: who they are here, and everything that lets somebody act as them. */
export function SecurityPage({ tokens }: { readonly tokens: ReactNode }) {
  const [{ data, error, fetching }, again] = useQuery({ query: SecurityDocument, requestPolicy: "cache-and-network" });
  const slow = useSlow(fetching && !data);
  return (
    <>
      <PageBar title={t("Your account")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-5xl">
          <Who />
          {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />}
          {slow && <Skeleton className="m-5 h-40 rounded-card" />}
          {data?.viewer && (
            <>
              <PasswordSection hasPassword={data.viewer.hasPassword} />
              <TwoFactorSection on={data.viewer.twoFactor} hasPassword={data.viewer.hasPassword} />
              <SessionsSection />
              {tokens}
            </>
          )}
        </div>
      </div>
    </>
  );
}

function Who() {
  const viewer = useViewer();
  const roles = viewer.hasSeat ? viewer.roles.join(", ") || t("No role") : t("No seat");
  return (
    <Section title={t("You")} hint={t("An administrator can change these.")}>
      <div className="flex items-center gap-3">
        <Avatar name={viewer.name} accent />
        <div className="min-w-0">
          <p className="truncate font-semibold">{viewer.name}</p>
          <p className="truncate text-ink-2">{viewer.email}</p>
          <p className="truncate text-meta text-ink-3">
            {viewer.account.name} · {roles}
          </p>
        </div>
      </div>
    </Section>
  );
}
