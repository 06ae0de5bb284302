import { type FormEvent, useId, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { inputClass } from "@/components/Field";
import { t } from "@/i18n";
import { describeRange } from "./filters";
import { formatRange, type Range, type RangeName, rangeOf } from "./search";

type Props = { readonly name: RangeName; readonly value: string; readonly onCommit: (value: string) => void };

const presets: Record<RangeName, readonly Range[]> = {
  duration: [
    { min: null, max: 3 },
    { min: 3, max: null },
    { min: 10, max: null },
    { min: 20, max: null },
  ],
  engagement: [
    { min: null, max: 40 },
    { min: 40, max: 60 },
    { min: 60, max: null },
  ],
  sentiment: [
    { min: null, max: 40 },
    { min: 40, max: 60 },
    { min: 60, max: null },
  ],
};

/** From and to, either left open; below them the usual ones. */
export function RangeEditor({ name, value, onCommit }: Props) {
  const unit = name === "duration" ? t("min") : "";
  const start = rangeOf(name, value);
  const [min, setMin] = useState(start?.min?.toString() ?? "");
  const [max, setMax] = useState(start?.max?.toString() ?? "");
  const wanted = `${min.trim()}..${max.trim()}`;
  const range = rangeOf(name, wanted);
  const wrong = wanted !== ".." && range === null;
  const noteId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) onCommit(formatRange(range));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 p-1">
      <div className="flex flex-wrap gap-1">
        {presets[name].map((preset) => (
          <button
            type="button"
            key={formatRange(preset)}
            className={buttonClass("default", "small", "shadow-none!")}
            onClick={() => onCommit(formatRange(preset))}
          >
            {describeRange(preset, unit)}
          </button>
        ))}
      </div>
      <div className="grid grid-cols-2 gap-2">
        <Bound label={unit ? t("From, min") : t("From")} value={min} onChange={setMin} wrong={wrong} noteId={noteId} />
        <Bound label={unit ? t("To, min") : t("To")} value={max} onChange={setMax} wrong={wrong} noteId={noteId} />
      </div>
      {wrong && (
        <p id={noteId} role="alert" className="text-meta text-critical-ink">
          {name === "duration"
            ? t("Minutes from 0 to 1,440, the first not above the second.")
            : t("Numbers from 0 to 100, the first not above the second.")}
        </p>
      )}
      <button type="submit" disabled={wrong} className={buttonClass("primary")}>
        {t("Apply")}
      </button>
    </form>
  );
}

type BoundProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly wrong: boolean;
  readonly noteId: string;
};

function Bound({ label, value, onChange, wrong, noteId }: BoundProps) {
  return (
    <label className="flex flex-col gap-1 text-meta text-ink-2">
      {label}
      <input
        inputMode="decimal"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? noteId : undefined}
        className={`${inputClass} figures h-8!`}
      />
    </label>
  );
}
