/** Names of who may do what and how they came to it, the same on every page. */
import { t } from "@/i18n";

type Source = "MANUAL" | "SAML" | "SCIM";
type AccountRole = "OWNER" | "ADMIN" | "MEMBER";

export const sources: readonly Source[] = ["MANUAL", "SAML", "SCIM"];
export const accountRoles: readonly AccountRole[] = ["MEMBER", "ADMIN", "OWNER"];

/** How something was assigned. */
export function sourceLabel(source: Source): string {
  return { MANUAL: t("By hand"), SAML: "SAML", SCIM: "SCIM" }[source];
}

export function accountRoleLabel(role: AccountRole): string {
  return { OWNER: t("Owner"), ADMIN: t("Account admin"), MEMBER: t("Member") }[role];
}

/** One sentence for whoever chooses. */
export function accountRoleHint(role: AccountRole): string {
  return {
    OWNER: t("Everything that an account admin may, the number of seats, and who is an owner."),
    ADMIN: t("Settings, people, roles and sign-in of the account. Sees no conversation without a QM role and a seat."),
    MEMBER: t("Nothing of the administration. What they see of conversations, their seat and QM roles decide."),
  }[role];
}

/** What happened to a seat. */
export function seatChangeLabel(change: "ASSIGNED" | "RELEASED" | "MOVED" | "REFUSED"): string {
  return { ASSIGNED: t("Assigned"), RELEASED: t("Released"), MOVED: t("Moved"), REFUSED: t("Refused") }[change];
}
