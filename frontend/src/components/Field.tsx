import { type InputHTMLAttributes, type Ref, useId } from "react";

export const inputClass =
  "h-9 w-full rounded-field border border-line-2 bg-surface px-3 text-ink shadow-1 motion-fade hover:border-line-3 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/35 aria-invalid:border-critical touch:h-11 touch:text-[16px]";

type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "className" | "id"> & {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly ref?: Ref<HTMLInputElement>;
};

/** A native input with its label; the error names what is wrong and is read out with the field. */
export function TextField({ label, hint, error, ...rest }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={inputClass}
      />
      {note && (
        <p id={`${id}-note`} className={`text-meta ${error ? "text-critical-ink" : "text-ink-3"}`}>
          {note}
        </p>
      )}
    </div>
  );
}
