import type { ReactNode } from "react";
import { Chip } from "@/components/Chip";
import { Command } from "@/components/Panel";
import { type Skipped, sentence } from "../model/skipped";

type CardProps = {
  readonly title: string;
  readonly note?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
};

export function Card({ title, note, wide = false, children }: CardProps) {
  return (
    <section
      aria-label={title}
      className={`min-w-0 rounded-card border border-line bg-surface px-3 pt-2.5 pb-3 ${wide ? "@min-[420px]:col-span-2" : ""}`}
    >
      <header className="mb-1.5 flex min-h-5 items-center justify-between gap-2">
        <h2 className="text-body font-medium text-ink-2">{title}</h2>
        {note && <div className="figures flex items-center gap-1 text-meta text-ink-2">{note}</div>}
      </header>
      {children}
    </section>
  );
}

/** In the place of a figure that is not there: why. */
export function Missing({ skipped, fallback }: { readonly skipped: Skipped | null; readonly fallback: string }) {
  return (
    <div className="flex flex-col items-start gap-1.5 text-ink-2">
      <p>{skipped ? sentence(skipped.reason) : fallback}</p>
      {skipped?.remedy && <Command text={skipped.remedy} />}
    </div>
  );
}

export function Count({ glyph, count, tone }: { readonly glyph: string; readonly count: number; readonly tone: "step" | "question" }) {
  return (
    <Chip tone={tone} className="figures">
      <span aria-hidden="true">{glyph} </span>
      {count}
    </Chip>
  );
}
