import { type ReactNode, useId } from "react";

type SwitchProps = {
  readonly isSelected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
  readonly className?: string;
};

/** On or off, at once. A native checkbox in the shape of a switch; the whole row is the target. */
export function Switch({ isSelected, onChange, label, hint, isDisabled = false, className = "" }: SwitchProps) {
  const id = useId();
  return (
    <div className={`flex items-start justify-between gap-4 ${className}`}>
      <label htmlFor={id} className="min-w-0 flex-1 cursor-pointer py-1.5 has-disabled:cursor-default">
        <span className="block font-medium">{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-ink-2">
            {hint}
          </span>
        )}
      </label>
      <span className="relative mt-1.5 inline-flex h-5 w-9 shrink-0 rounded-full has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-checked={isSelected}
          className="peer absolute -inset-x-1 -inset-y-1.5 z-10 cursor-pointer opacity-0 disabled:cursor-default touch:-inset-y-3"
          checked={isSelected}
          disabled={isDisabled}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span
          aria-hidden="true"
          className="absolute inset-0 rounded-full border border-line-3 bg-sunken motion-fade peer-checked:border-ink peer-checked:bg-ink peer-disabled:opacity-50"
        />
        <span
          aria-hidden="true"
          className="absolute top-1 left-1 size-3 rounded-full bg-line-3 transition-[translate] duration-120 peer-checked:translate-x-4 peer-checked:bg-on-ink motion-reduce:transition-none"
        />
      </span>
    </div>
  );
}
