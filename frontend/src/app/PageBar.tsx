import { type ReactNode, useEffect } from "react";

type PageBarProps = { readonly title: string; readonly parent?: ReactNode; readonly note?: ReactNode; readonly children?: ReactNode };

/** The bar at the top of a page: the way up, title, count, actions at the right. It also names the browser's tab. */
export function PageBar({ title, parent, note, children }: PageBarProps) {
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-4 md:px-5">
      {parent}
      <h1 className="min-w-0 truncate text-title font-semibold tracking-[-0.01em]">{title}</h1>
      {note && <p className="figures min-w-0 truncate text-ink-2">{note}</p>}
      <div className="ml-auto flex shrink-0 items-center gap-2">{children}</div>
    </header>
  );
}
