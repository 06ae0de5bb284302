/** What a token is good for, and whether it still is. Pure. */
import { t } from "@/i18n";
import type { Viewer } from "@/lib/viewer";
import type { TokenRowFragment } from "./__generated__";

export type TokenState = "active" | "expired" | "revoked";

export function stateOf(token: Pick<TokenRowFragment, "expiresAt" | "revokedAt">, now: number): TokenState {
  if (token.revokedAt) return "revoked";
  return Date.parse(token.expiresAt) <= now ? "expired" : "active";
}

const dayMs = 86_400_000;

/** Whole days until it expires: 0 is less than a day. */
export function daysLeft(token: Pick<TokenRowFragment, "expiresAt">, now: number): number {
  return Math.max(0, Math.floor((Date.parse(token.expiresAt) - now) / dayMs));
}

export type ScopeChoice = { readonly name: string; readonly title: string; readonly description: string };
export type Permission = { readonly action: string; readonly title: string; readonly description: string };

export const readScope = "read";

/** What the viewer can hand to a token: everything read-only, or single permissions of their own. */
export function scopeChoices(
  viewer: Pick<Viewer, "permissions" | "accountPermissions">,
  permissions: readonly Permission[],
): ScopeChoice[] {
  const held = new Set(viewer.permissions.map((permission) => permission.split(":")[0]));
  const quality = permissions
    .filter(({ action }) => held.has(action))
    .map(({ action, title, description }) => ({ name: action, title, description }));
  const account = viewer.accountPermissions.map((name) => ({ name, ...accountScope(name) }));
  return [readAll(), ...quality, ...account];
}

const readAll = (): ScopeChoice => ({
  name: readScope,
  title: t("Read everything that you may read"),
  description: t("Changes nothing. What you lose later, the token loses too."),
});

function accountScope(name: string): Omit<ScopeChoice, "name"> {
  const known: Record<string, readonly [string, string]> = {
    "account.settings": [t("Change the account’s settings"), t("Thresholds, analysis, retention, languages.")],
    "account.users": [t("Administer users"), t("People, seats, teams, agents.")],
    "account.roles": [t("Administer roles"), t("What each role permits, and who holds which.")],
    "account.identity": [t("Administer sign-in"), t("Identity providers, provisioning, every token.")],
    "account.definitions": [t("Administer definitions"), t("Indicators and topics.")],
    "account.audit": [t("Read the audit log"), t("And export it.")],
  };
  const [title, description] = known[name] ?? [name, ""];
  return { title, description };
}

/** A short name for a row: `read` → “Reads everything”. */
export function scopeLabel(name: string, permissions: readonly Permission[]): string {
  if (name === readScope) return t("Reads everything");
  return permissions.find(({ action }) => action === name)?.title ?? accountScope(name).title;
}

export const lifetimes = [30, 90, 180, 365] as const;
