import { type ReactNode, useId, useState } from "react";
import { inputClass } from "./Field";

type NumberFieldProps = {
  readonly label: string;
  /** NaN while what is typed is no number. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly isDisabled?: boolean;
};

/** A number with its unit. What is typed stays as it is typed; the value follows. */
export function NumberField({ label, value, onChange, unit, min, max, step = 1, hint, error, isDisabled = false }: NumberFieldProps) {
  const id = useId();
  const [text, setText] = useState({ typed: show(value), value });
  // The value was changed from elsewhere: what was typed no longer counts.
  const typed = Object.is(text.value, value) ? text.typed : show(value);
  const note = error ?? hint;
  const type = (next: string) => {
    const number = next.trim() === "" ? Number.NaN : Number(next);
    setText({ typed: next, value: number });
    onChange(number);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <span className="w-24">
          <input
            id={id}
            type="number"
            inputMode="decimal"
            min={min}
            max={max}
            step={step}
            value={typed}
            disabled={isDisabled}
            aria-invalid={error ? true : undefined}
            aria-describedby={`${id}-unit${note ? ` ${id}-note` : ""}`}
            onChange={(event) => type(event.target.value)}
            className={`${inputClass} figures disabled:opacity-50`}
          />
        </span>
        <span id={`${id}-unit`} className="text-ink-2">
          {unit}
        </span>
      </div>
      {note && (
        <p id={`${id}-note`} className={`text-meta ${error ? "text-critical-ink" : "text-ink-3"}`}>
          {note}
        </p>
      )}
    </div>
  );
}

const show = (value: number) => (Number.isNaN(value) ? "" : String(value));
