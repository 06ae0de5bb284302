import { useSyncExternalStore } from "react";
import { t } from "@/i18n";

type Toast = { readonly id: number; readonly text: string; readonly undo?: () => void };

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();
const staysMs = 6_000;

/** One line at the bottom left for 6 s. Errors stay in their panel instead. */
export function toast(text: string, undo?: () => void): void {
  const one: Toast = undo ? { id: nextId++, text, undo } : { id: nextId++, text };
  publish([...toasts.slice(-2), one]);
  arm(one.id);
}

function dismiss(id: number): void {
  disarm(id);
  publish(toasts.filter((one) => one.id !== id));
}

function arm(id: number): void {
  timers.set(id, setTimeout(dismiss, staysMs, id));
}

function disarm(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Once, in the shell. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section
      aria-label={t("Notifications")}
      aria-live="polite"
      className="pointer-events-none fixed bottom-20 left-4 z-50 flex flex-col gap-2 md:bottom-5 md:left-5"
    >
      {shown.map((one) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: hovering or focusing only pauses the clock
        <div
          key={one.id}
          className="animate-pop pointer-events-auto flex min-h-10 items-center gap-4 rounded-card bg-ink px-4 py-2 font-medium text-on-ink shadow-3"
          onMouseEnter={() => disarm(one.id)}
          onMouseLeave={() => arm(one.id)}
          onFocus={() => disarm(one.id)}
          onBlur={() => arm(one.id)}
        >
          {one.text}
          {one.undo && (
            <button type="button" className="rounded-chip underline underline-offset-2" onClick={() => [one.undo?.(), dismiss(one.id)]}>
              {t("Undo")}
            </button>
          )}
        </div>
      ))}
    </section>
  );
}
