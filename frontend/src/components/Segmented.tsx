import { type ReactNode, useId } from "react";

type Option<T extends string> = { readonly value: T; readonly label: string; readonly icon?: ReactNode };
type SegmentedProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly className?: string;
};

/** One choice of a few views of the same thing: native radio buttons under a sunken track. */
export function Segmented<T extends string>({ label, value, options, onChange, className = "" }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={className}>
      <legend className="sr-only">{label}</legend>
      <div className="flex h-8 rounded-field bg-sunken p-0.5 touch:h-11">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-chip px-2.5 font-medium text-ink-2 motion-fade hover:text-ink has-checked:bg-segment has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              className="sr-only"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
