import { Link } from "@tanstack/react-router";
import { PageBar } from "@/app/PageBar";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { useViewer } from "@/lib/viewer";
import { AdminIcon } from "./icons";
import { sectionsFor } from "./pages";

/** What there is to administer, a sentence each. */
export function AdminPage() {
  const sections = sectionsFor(useViewer());
  return (
    <>
      <PageBar title={t("Administration")} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-5">
        <div className="flex max-w-5xl flex-col gap-6">
          {sections.map((section) => (
            <section key={section.title} aria-label={section.title}>
              <h2 className="mb-2 font-medium text-ink-2">{section.title}</h2>
              <ul className="grid gap-3 md:grid-cols-2">
                {section.pages.map((page) => (
                  <li key={page.to} className="grid">
                    <Link
                      to={page.to}
                      className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-start gap-x-3 rounded-card border border-line bg-surface p-3.5 motion-fade hover:border-line-2 hover:bg-canvas"
                    >
                      <AdminIcon name={page.icon} className="mt-px text-ink-2" />
                      <span>
                        <span className="block font-semibold">{page.label}</span>
                        <span className="block text-ink-2">{page.purpose}</span>
                      </span>
                      <Icon name="chevron-right" className="mt-0.5 text-ink-3" />
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </>
  );
}
