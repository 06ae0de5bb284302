import { type ReactNode, type TextareaHTMLAttributes, useId } from "react";
import { inputClass } from "./Field";

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "className" | "id"> & {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
};

/** For what is pasted: metadata, certificates, responses. Machine letters, no spelling. */
export function TextArea({ label, hint, error, rows = 6, ...rest }: TextAreaProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        rows={rows}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`${inputClass} h-auto! py-2 font-mono text-meta! touch:h-auto!`}
      />
      {note && (
        <p id={`${id}-note`} className={`text-meta ${error ? "text-critical-ink" : "text-ink-3"}`}>
          {note}
        </p>
      )}
    </div>
  );
}
