/** The pages of the administration, in the order of its navigation. Each is for those who hold its account permission. */
import { t } from "@/i18n";
import { mayAccount, type Viewer } from "@/lib/viewer";
import type { FileRoutesByTo } from "@/routes.gen";
import type { AdminIconName } from "./icons";

export type AdminPage = {
  readonly to: AdminAddress;
  readonly icon: AdminIconName;
  readonly label: string;
  /** What one comes here for, in a sentence. */
  readonly purpose: string;
  /** Any of these opens the page. */
  readonly permissions: readonly string[];
};

/** Addresses below `/admin` without a parameter. */
type AdminAddress = Exclude<Extract<keyof FileRoutesByTo, `/admin/${string}`>, `${string}$${string}`>;

export type AdminSection = { readonly title: string; readonly pages: readonly AdminPage[] };

export function adminSections(): readonly AdminSection[] {
  return [people(), signingIn(), account()];
}

const people = (): AdminSection => ({
  title: t("People"),
  pages: [
    {
      to: "/admin/users",
      icon: "person",
      label: t("Users"),
      purpose: t("Who can sign in, what they hold, and where they are signed in."),
      permissions: ["account.users"],
    },
    {
      to: "/admin/seats",
      icon: "seat",
      label: t("Seats"),
      purpose: t("How many seats are bought and used, by whom, and how each was assigned."),
      permissions: ["account.users"],
    },
    {
      to: "/admin/teams",
      icon: "team",
      label: t("Teams"),
      purpose: t("Which agents belong together, and who supervises them."),
      permissions: ["account.users"],
    },
    {
      to: "/admin/roles",
      icon: "roles",
      label: t("Roles"),
      purpose: t("What each role may do and how far, and why a person can see something."),
      permissions: ["account.roles"],
    },
  ],
});

const signingIn = (): AdminSection => ({
  title: t("Signing in"),
  pages: [
    {
      to: "/admin/identity",
      icon: "identity",
      label: t("Identity"),
      purpose: t("Identity providers, provisioning, mapping rules, and whether passwords work."),
      permissions: ["account.identity"],
    },
    {
      to: "/admin/tokens",
      icon: "token",
      label: t("API tokens"),
      purpose: t("Every token of the account, when it was last used, and the key that signs them."),
      permissions: ["account.identity"],
    },
  ],
});

const account = (): AdminSection => ({
  title: t("Account"),
  pages: [
    {
      to: "/admin/settings",
      icon: "settings",
      label: t("Settings"),
      purpose: t("Thresholds, acknowledgement, retention, speech recognition, languages."),
      permissions: ["account.settings"],
    },
    {
      to: "/admin/topics",
      icon: "topics",
      label: t("Topics"),
      purpose: t("What conversations are about: the default topics, your own, and a trial before they are saved."),
      permissions: ["account.definitions"],
    },
    {
      to: "/admin/analyses",
      icon: "analyses",
      label: t("Analyses"),
      purpose: t("Analyse interactions again, see what differs, and make it current in one step."),
      permissions: ["account.settings"],
    },
    {
      to: "/admin/audit",
      icon: "audit",
      label: t("Audit log"),
      purpose: t("Who saw and changed what, when and from where; with export."),
      permissions: ["account.audit"],
    },
  ],
});

export function mayOpen(viewer: Viewer, page: AdminPage): boolean {
  return page.permissions.some((permission) => mayAccount(viewer, permission));
}

/** Sections with the pages that the viewer may open; a section without any is left out. */
export function sectionsFor(viewer: Viewer): readonly AdminSection[] {
  return adminSections()
    .map((section) => ({ ...section, pages: section.pages.filter((page) => mayOpen(viewer, page)) }))
    .filter((section) => section.pages.length > 0);
}

/** The page that an address lies in: `/admin/users/VXNlcjox` is in Users. */
export function pageAt(pathname: string): AdminPage | null {
  const pages = adminSections().flatMap((section) => section.pages);
  return pages.find((page) => pathname === page.to || pathname.startsWith(`${page.to}/`)) ?? null;
}
