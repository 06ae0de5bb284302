import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { buttonClass } from "@/components/button-style";
import { Chip } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { accountRoleLabel } from "@/lib/access";
import { UserChoicesDocument, UserDocument } from "./__generated__";
import { AgentSection } from "./AgentSection";
import { PersonActions } from "./PersonActions";
import { PersonSection } from "./PersonSection";
import { RolesSection } from "./RolesSection";
import { SeatSection } from "./SeatSection";
import { SessionsSection } from "./SessionsSection";
import { UserSkeleton } from "./states";

/** One person: who they are, what they hold and how they came to it, and where they are signed in. */
export function UserPage({ id }: { readonly id: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: UserDocument, variables: { id }, requestPolicy: "cache-and-network" });
  const [{ data: choices }] = useQuery({ query: UserChoicesDocument, requestPolicy: "cache-and-network" });
  const slow = useSlow(fetching && !data);
  const user = data?.user;
  return (
    <>
      <PageBar parent={<UpToUsers />} title={user?.name ?? t("User")} note={user && <Note active={user.active} role={user.accountRole} />}>
        {user && <PersonActions user={user} />}
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />}
        {slow && <UserSkeleton />}
        {data && !user && <NoSuchUser />}
        {user && (
          <div className="max-w-5xl">
            <PersonSection user={user} />
            <SeatSection user={user} licences={choices?.seatUsage.licences ?? []} />
            <RolesSection key={user.roles.map((held) => held.role.key).join(" ")} user={user} roles={choices?.roles} />
            <AgentSection user={user} />
            <SessionsSection key={String(user.active)} user={user} />
          </div>
        )}
      </div>
    </>
  );
}

function Note({ active, role }: { readonly active: boolean; readonly role: "OWNER" | "ADMIN" | "MEMBER" }) {
  return (
    <span className="flex gap-1.5 max-sm:hidden">
      {role !== "MEMBER" && <Chip tone="outline">{accountRoleLabel(role)}</Chip>}
      {!active && <Chip>{t("Inactive")}</Chip>}
    </span>
  );
}

function UpToUsers() {
  return (
    <span className="flex shrink-0 items-center gap-2 text-ink-2">
      <Link to="/admin/users" className="rounded-chip hover:text-ink hover:underline touch:py-3">
        {t("Users")}
      </Link>
      <Icon name="chevron-right" size={13} className="text-ink-3" />
    </span>
  );
}

function NoSuchUser() {
  return (
    <EmptyState
      title={t("There is no such user")}
      action={
        <Link to="/admin/users" className={buttonClass()}>
          {t("All users")}
        </Link>
      }
    >
      {t("The address may be mistyped, or it belongs to another account.")}
    </EmptyState>
  );
}
