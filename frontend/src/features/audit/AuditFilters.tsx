import { useEffect, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { inputClass } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { Select } from "@/components/Select";
import { t } from "@/i18n";
import { type AuditSearch, isFiltered } from "./search";

type Props = {
  readonly search: AuditSearch;
  readonly actions: readonly string[];
  readonly actorName: string | null;
  readonly onSearch: (search: AuditSearch) => void;
};

/** What is asked of the log; every control writes the address. */
export function AuditFilters({ search, actions, actorName, onSearch }: Props) {
  const set = (part: Partial<Record<keyof AuditSearch, string>>) => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value);
    onSearch(Object.fromEntries(next));
  };
  const shownActions = search.action && !actions.includes(search.action) ? [search.action, ...actions] : actions;
  const types = [...new Set([...(search.type ? [search.type] : []), ...objectTypes])];
  return (
    <form
      aria-label={t("Filter the audit log")}
      onSubmit={(event) => event.preventDefault()}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2 md:px-5"
    >
      <Words value={search.q ?? ""} onCommit={(q) => set({ q })} />
      <Select
        label={t("Action")}
        className="w-48"
        value={search.action ?? ""}
        onChange={(action) => set({ action })}
        options={[{ value: "", label: t("Every action") }, ...shownActions.map((action) => ({ value: action, label: action }))]}
      />
      <Select
        label={t("On what")}
        className="w-40"
        value={search.type ?? ""}
        onChange={(type) => set({ type })}
        options={[{ value: "", label: t("On everything") }, ...types.map((type) => ({ value: type, label: type }))]}
      />
      <Day label={t("From")} value={search.from ?? ""} max={search.to} onChange={(from) => set({ from })} />
      <Day label={t("To")} value={search.to ?? ""} min={search.from} onChange={(to) => set({ to })} />
      {search.actor && (
        <span className="flex h-8 items-center rounded-field border border-line-2">
          <span className="max-w-52 truncate px-2">{actorName ?? t("One person")}</span>
          <button
            type="button"
            aria-label={t("Show everybody's entries")}
            className={buttonClass("ghost", "small", "h-7.5! rounded-l-none! border-l border-line-2")}
            onClick={() => set({ actor: "" })}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      )}
      {isFiltered(search) && (
        <button type="button" className={buttonClass("ghost")} onClick={() => onSearch({})}>
          {t("Clear")}
        </button>
      )}
    </form>
  );
}

const objectTypes = [
  "Account",
  "User",
  "Team",
  "Role",
  "Licence",
  "IdentityProvider",
  "ApiToken",
  "SigningKey",
  "Interaction",
  "Reanalysis",
];

/** The address follows once the reader has stopped typing. */
function Words({ value, onCommit }: { readonly value: string; readonly onCommit: (text: string) => void }) {
  const [text, setText] = useState(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the clock
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onCommit(text.trim()), 350);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => setText(value), [value]);
  return (
    <span className="relative w-full sm:w-56">
      <Icon name="search" className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" />
      <input
        type="search"
        aria-label={t("Words in the entry")}
        placeholder={t("Words in the entry")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={`${inputClass} h-8! pl-8!`}
      />
    </span>
  );
}

type DayProps = {
  readonly label: string;
  readonly value: string;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChange: (day: string) => void;
};

function Day({ label, value, min, max, onChange }: DayProps) {
  return (
    <label className="flex items-center gap-1.5 text-ink-2">
      {label}
      <input
        type="date"
        value={value}
        min={min}
        max={max}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputClass} h-8! w-36! px-2!`}
      />
    </label>
  );
}
