import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { useViewer } from "@/lib/viewer";
import { AdminIcon } from "./icons";
import { NoPermission } from "./NoPermission";
import { mayOpen, pageAt, sectionsFor } from "./pages";

/** Its own navigation beside each page of the administration; a row of tabs above it where the window is narrow. */
export function AdminLayout({ children }: { readonly children: ReactNode }) {
  const viewer = useViewer();
  const { pathname } = useLocation();
  const page = pageAt(pathname);
  const wide = useMedia("(min-width: 1100px)");
  const any = sectionsFor(viewer).length > 0;
  const allowed = page ? mayOpen(viewer, page) : viewer.accountPermissions.length > 0;
  return (
    <div
      className={`grid min-h-0 flex-1 ${!any ? "grid-cols-1" : wide ? "grid-cols-[200px_minmax(0,1fr)]" : "grid-cols-1 grid-rows-[auto_minmax(0,1fr)]"}`}
    >
      {any && (wide ? <SideList /> : <TabRow current={page?.to} />)}
      <div className="flex min-h-0 min-w-0 flex-col">
        {allowed ? children : <NoPermission title={page?.label ?? t("Administration")} />}
      </div>
    </div>
  );
}

function SideList() {
  const sections = sectionsFor(useViewer());
  return (
    <nav aria-label={t("Administration")} className="flex min-h-0 flex-col overflow-y-auto border-r border-line bg-canvas">
      <p className="flex h-14 shrink-0 items-center border-b border-line px-5 font-semibold">
        <Link to="/admin" className="rounded-chip">
          {t("Administration")}
        </Link>
      </p>
      <div className="flex flex-col gap-4 px-3 py-4">
        {sections.map((section) => (
          <div key={section.title}>
            <p className="mb-1 px-2 text-meta font-medium text-ink-3">{section.title}</p>
            <ul className="flex flex-col gap-0.5">
              {section.pages.map((page) => (
                <li key={page.to}>
                  <Link to={page.to} className={sideClass}>
                    <AdminIcon name={page.icon} />
                    <span className="truncate">{page.label}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}

const sideClass =
  "flex h-8 items-center gap-2.5 rounded-field px-2 font-medium text-ink-2 motion-fade hover:bg-sunken hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:text-ink aria-[current=page]:shadow-[inset_0_0_0_1px_var(--line)] touch:h-11";

/** Scrolls sideways; the page that is open is brought into sight. */
function TabRow({ current }: { readonly current: string | undefined }) {
  const pages = sectionsFor(useViewer()).flatMap((section) => section.pages);
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const tab = current && row.current?.querySelector<HTMLElement>(`a[href="${current}"]`);
    if (tab && row.current) row.current.scrollLeft = tab.offsetLeft - (row.current.clientWidth - tab.clientWidth) / 2;
  }, [current]);
  return (
    <nav
      ref={row}
      aria-label={t("Administration")}
      className="relative flex h-11 min-w-0 gap-5 overflow-x-auto border-b border-line bg-canvas px-4 [scrollbar-width:none] md:px-5"
    >
      {pages.map((page) => (
        <Link
          key={page.to}
          to={page.to}
          className="-mb-px flex h-11 shrink-0 items-center border-b-2 border-transparent font-medium text-ink-2 motion-fade hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-ink aria-[current=page]:text-ink"
        >
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
