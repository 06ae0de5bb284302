import { type FormEvent, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { inputClass } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { itemClass } from "@/components/Menu";
import { t } from "@/i18n";
import { presetLabel } from "./filters";
import { datePresets, parseDate } from "./search";

type Props = { readonly value: string; readonly today: string; readonly onCommit: (value: string) => void };

/** Days in the account's time zone: the usual spans, or from and to. */
export function DateEditor({ value, today, onCommit }: Props) {
  const start = value ? parseDate(value, today) : null;
  const [from, setFrom] = useState(start?.from ?? "");
  const [to, setTo] = useState(start?.to ?? "");
  const wrong = Boolean(from && to && from > to);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) onCommit(from || to ? `${from}..${to}` : "");
  };
  return (
    <div className="flex flex-col gap-2">
      <ul>
        {datePresets.map((preset) => (
          <li key={preset}>
            <button
              type="button"
              aria-pressed={preset === value}
              className={`${itemClass} w-full hover:bg-sunken`}
              onClick={() => onCommit(preset)}
            >
              <span className="flex-1 text-left">{presetLabel(preset)}</span>
              {preset === value && <Icon name="check" />}
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className="flex flex-col gap-2 border-t border-line p-1 pt-3">
        <Day label={t("From")} value={from} max={to || today} onChange={setFrom} />
        <Day label={t("To")} value={to} max={today} onChange={setTo} />
        {wrong && (
          <p role="alert" className="text-meta text-critical-ink">
            {t("The first day is after the last.")}
          </p>
        )}
        <button type="submit" disabled={wrong} className={buttonClass("primary")}>
          {t("Apply")}
        </button>
      </form>
    </div>
  );
}

type DayProps = { readonly label: string; readonly value: string; readonly max: string; readonly onChange: (day: string) => void };

function Day({ label, value, max, onChange }: DayProps) {
  return (
    <label className="grid grid-cols-[48px_1fr] items-center text-meta text-ink-2">
      {label}
      <input type="date" value={value} max={max} onChange={(event) => onChange(event.target.value)} className={`${inputClass} h-8!`} />
    </label>
  );
}
