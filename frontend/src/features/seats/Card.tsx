import type { ReactNode } from "react";

type CardProps = { readonly title: string; readonly wide?: boolean; readonly children: ReactNode };

export function Card({ title, wide = false, children }: CardProps) {
  return (
    <section aria-label={title} className={`min-w-0 rounded-card border border-line p-4 ${wide ? "lg:col-span-2" : ""}`}>
      <h2 className="mb-3 font-medium text-ink-2">{title}</h2>
      {children}
    </section>
  );
}

/** A part of a whole, for the eye: the number stands beside. */
export function Bar({ share, tone, height = "h-2" }: { readonly share: number; readonly tone: string; readonly height?: string }) {
  return (
    <span aria-hidden="true" className={`block overflow-hidden rounded-chip bg-line ${height}`}>
      <span className={`block h-full ${tone}`} style={{ width: `${share}%` }} />
    </span>
  );
}
