import type { ReactNode } from "react";
import { t } from "@/i18n";
import { buttonClass } from "./button-style";
import { Icon } from "./Icon";

type EmptyProps = { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode };

/** One sentence why, one action, left-aligned where the content would start. */
export function EmptyState({ title, children, action }: EmptyProps) {
  return (
    <div className="flex max-w-xl flex-col items-start gap-3 px-4 py-8 md:px-5">
      <p className="text-title font-semibold tracking-[-0.01em]">{title}</p>
      {children && <div className="text-ink-2">{children}</div>}
      {action}
    </div>
  );
}

type ErrorProps = { readonly title?: string; readonly message: string; readonly onRetry?: () => void };

/** What went wrong in this panel, in place, with the way to try again. */
export function ErrorPanel({ title = t("This could not be loaded"), message, onRetry }: ErrorProps) {
  return (
    <div role="alert" className="flex max-w-xl flex-col items-start gap-3 px-4 py-8 md:px-5">
      <p className="flex items-center gap-2 text-title font-semibold tracking-[-0.01em]">
        <Icon name="alert" size={18} className="text-critical" />
        {title}
      </p>
      <p className="text-ink-2">{message}</p>
      {onRetry && (
        <button type="button" className={buttonClass()} onClick={onRetry}>
          <Icon name="retry" />
          {t("Try again")}
        </button>
      )}
    </div>
  );
}

/** A command, or what else is to be typed or done, in the machine's own letters. */
export function Command({ text }: { readonly text: string }) {
  return (
    <code className="inline-block max-w-full rounded-field bg-sunken px-2 py-1 font-mono text-meta wrap-anywhere text-ink">{text}</code>
  );
}
