import type { ReactNode } from "react";
import { Icon } from "./Icon";

type CheckboxProps = {
  readonly isSelected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly children: ReactNode;
  readonly className?: string;
};

/** A native checkbox in the product's shape; the whole row is the target. */
export function Checkbox({ isSelected, onChange, children, className = "" }: CheckboxProps) {
  return (
    <label
      className={`flex min-h-8 cursor-pointer items-center gap-2 rounded-field px-2 hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent touch:min-h-11 ${className}`}
    >
      <input type="checkbox" className="peer sr-only" checked={isSelected} onChange={(event) => onChange(event.target.checked)} />
      <span
        aria-hidden="true"
        className="flex size-4 shrink-0 items-center justify-center rounded-chip border border-line-3 text-transparent peer-checked:border-ink peer-checked:bg-ink peer-checked:text-on-ink"
      >
        <Icon name="check" size={12} />
      </span>
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  );
}
