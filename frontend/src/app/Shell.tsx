import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/Icon";
import { Toaster } from "@/components/Toast";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { useViewer, type Viewer } from "@/lib/viewer";
import { Help } from "./Help";
import { Logo } from "./Logo";
import { UserMenu } from "./UserMenu";

type NavItem = { readonly to: "/interactions" | "/admin" | "/about"; readonly icon: IconName; readonly label: string };

const pages = (): readonly NavItem[] => [{ to: "/interactions", icon: "waves", label: t("Interactions") }];
const setUp = (viewer: Viewer): readonly NavItem[] => [
  ...administration(viewer),
  { to: "/about", icon: "server", label: t("About this installation") },
];
const administration = (viewer: Viewer): readonly NavItem[] =>
  viewer.accountPermissions.length > 0 ? [{ to: "/admin", icon: "shield", label: t("Administration") }] : [];

type ShellProps = { readonly rail: boolean; readonly children: ReactNode };

/** Navigation 216 wide, a 56 rail beside an interaction, a bar at the bottom of a phone. */
export function Shell({ rail: wantsRail, children }: ShellProps) {
  const rail = !useMedia("(min-width: 1100px)") || wantsRail;
  return (
    <div
      className={`grid h-dvh grid-cols-1 grid-rows-[minmax(0,1fr)_auto] md:grid-rows-1 ${rail ? "md:grid-cols-[56px_minmax(0,1fr)]" : "md:grid-cols-[216px_minmax(0,1fr)]"}`}
    >
      <a
        href="#page"
        className="sr-only z-50 rounded-field bg-ink px-3 py-2 text-on-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("Skip to the page")}
      </a>
      <SideNav rail={rail} />
      <main id="page" tabIndex={-1} className="flex min-h-0 min-w-0 flex-col outline-none md:order-2">
        {children}
      </main>
      <BottomBar />
      <Toaster />
      <Help />
    </div>
  );
}

function SideNav({ rail }: { readonly rail: boolean }) {
  const viewer = useViewer();
  const { account } = viewer;
  return (
    <nav aria-label={t("Pages")} className="hidden min-h-0 flex-col border-r border-line bg-nav md:flex">
      <div className={`flex h-14 shrink-0 items-center gap-2.5 ${rail ? "justify-center" : "px-4"}`}>
        <Logo />
        {!rail && (
          <>
            <span className="font-semibold">Assay</span>
            <span className="ml-auto truncate text-meta text-ink-3" title={account.name}>
              {account.name}
            </span>
          </>
        )}
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 py-1">
        <NavList items={pages()} rail={rail} />
        {!rail && <p className="mt-5 mb-1 px-2 text-meta font-medium text-ink-3">{t("Set up")}</p>}
        <NavList items={setUp(viewer)} rail={rail} />
      </div>
      <UserMenu compact={rail} />
    </nav>
  );
}

function NavList({ items, rail }: { readonly items: readonly NavItem[]; readonly rail: boolean }) {
  return items.map((item) => (
    <Link
      key={item.to}
      to={item.to}
      aria-label={rail ? item.label : undefined}
      title={rail ? item.label : undefined}
      className={`flex h-8 items-center gap-2.5 rounded-field font-medium text-ink-2 motion-fade hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink aria-[current=page]:shadow-[inset_0_0_0_1px_var(--line)] touch:h-11 ${rail ? "justify-center" : "px-2"}`}
    >
      <Icon name={item.icon} size={17} />
      {!rail && <span className="truncate">{item.label}</span>}
    </Link>
  ));
}

function BottomBar() {
  const viewer = useViewer();
  return (
    <nav
      aria-label={t("Pages")}
      className="grid auto-cols-fr grid-flow-col border-t border-line bg-nav pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {[...pages(), ...administration(viewer), { to: "/about", icon: "server", label: t("Installation") } as const].map((item) => (
        <Link
          key={item.to}
          to={item.to}
          className="flex h-15 min-w-0 flex-col items-center justify-center gap-1 text-meta font-medium text-ink-2 aria-[current=page]:font-semibold aria-[current=page]:text-ink"
        >
          <Icon name={item.icon} size={20} />
          <span className="max-w-full truncate px-1">{item.label}</span>
        </Link>
      ))}
      <UserMenu phone />
    </nav>
  );
}
