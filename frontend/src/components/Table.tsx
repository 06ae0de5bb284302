import type { ReactNode } from "react";
import { t } from "@/i18n";
import { buttonClass } from "./button-style";
import { Icon } from "./Icon";

type TableProps = { readonly label: string; readonly busy?: boolean; readonly head: ReactNode; readonly children: ReactNode };

/** A real table: sticky head of 32, hairlines between rows. What a narrow window has no room for, columns leave out by their classes. */
export function Table({ label, busy = false, head, children }: TableProps) {
  return (
    <table
      aria-label={label}
      aria-busy={busy}
      className={`w-full border-separate border-spacing-0 motion-fade ${busy ? "opacity-60" : ""}`}
    >
      <thead className="sticky top-0 z-10 bg-surface">
        <tr>{head}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

export const headClass =
  "h-8 border-b border-line bg-surface px-2 text-left text-meta font-normal whitespace-nowrap text-ink-2 first:pl-4 last:pr-4 md:first:pl-5 md:last:pr-5";
export const cellClass = "h-11 border-b border-line px-2 align-middle first:pl-4 last:pr-4 md:first:pl-5 md:last:pr-5";
/** A row that is one link: the link in its first cell covers it. */
export const linkRowClass = "relative motion-fade hover:bg-canvas has-focus-visible:bg-accent-soft";
export const rowLinkClass = "after:absolute after:inset-0 focus-visible:outline-none";

type PagerProps = { readonly label: string; readonly onPrevious: (() => void) | null; readonly onNext: (() => void) | null };

/** Forth and back through a list that is paged by cursors; nothing where all fits on one page. */
export function Pager({ label, onPrevious, onNext }: PagerProps) {
  if (!onPrevious && !onNext) return null;
  return (
    <nav aria-label={label} className="flex items-center justify-end gap-2 px-4 py-3 md:px-5">
      <button type="button" disabled={!onPrevious} onClick={() => onPrevious?.()} className={buttonClass("default", "small")}>
        <Icon name="chevron-left" />
        {t("Previous")}
      </button>
      <button type="button" disabled={!onNext} onClick={() => onNext?.()} className={buttonClass("default", "small")}>
        {t("Next")}
        <Icon name="chevron-right" />
      </button>
    </nav>
  );
}
