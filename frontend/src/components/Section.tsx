import { type ReactNode, useId } from "react";

type SectionProps = {
  readonly title: string;
  readonly hint?: ReactNode;
  /** At the right of the title: the one thing to do here. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
};

/** A part of a page of settings: what it is about at the left, the controls at the right; one above the other where that is too narrow. */
export function Section({ title, hint, action, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-4 border-b border-line px-4 py-6 last:border-0 md:px-5 lg:grid-cols-[minmax(0,240px)_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {hint && <div className="mt-1 text-ink-2">{hint}</div>}
        {action && <div className="mt-3">{action}</div>}
      </div>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  );
}
