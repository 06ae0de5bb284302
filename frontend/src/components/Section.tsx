import { type ReactNode, useId } from "react";

type SectionProps = {
  readonly title: string;
  readonly hint?: ReactNode;
  /** At the right of the title: the one thing to do here. */
  readonly action?: ReactNode;
  /** For what needs the whole width: always one above the other. */
  readonly wide?: boolean;
  readonly children: ReactNode;
};

/** A part of a page of settings: what it is about at the left, the controls at the right; one above the other where that is too narrow. */
export function Section({ title, hint, action, wide = false, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`grid gap-x-10 gap-y-4 border-b border-line px-4 py-6 last:border-0 md:px-5 ${wide ? "" : "lg:grid-cols-[minmax(0,240px)_minmax(0,1fr)]"}`}
    >
      <div className={wide ? "flex flex-wrap items-start justify-between gap-x-6 gap-y-3" : ""}>
        <div className={wide ? "min-w-60 flex-1" : ""}>
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {hint && <div className="mt-1 text-ink-2">{hint}</div>}
        </div>
        {action && <div className={wide ? "" : "mt-3"}>{action}</div>}
      </div>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  );
}
