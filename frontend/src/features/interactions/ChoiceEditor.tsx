import { useState } from "react";
import { Checkbox } from "@/components/Checkbox";
import { inputClass } from "@/components/Field";
import { Skeleton } from "@/components/Skeleton";
import { t } from "@/i18n";
import type { Choice } from "./filters";
import { listOf } from "./search";

type Props = {
  readonly options: readonly Choice[];
  readonly loading: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** Any of several; the list follows each tick. */
export function ChoiceEditor({ options, loading, value, onChange }: Props) {
  const [find, setFind] = useState("");
  const chosen = listOf(value);
  const found = options.filter((option) => option.label.toLocaleLowerCase().includes(find.trim().toLocaleLowerCase()));
  const toggle = (one: string, on: boolean) => onChange((on ? [...chosen, one] : chosen.filter((other) => other !== one)).join(","));
  if (loading && options.length === 0) return <Skeleton className="h-8 w-full" />;
  return (
    <div className="flex flex-col gap-1">
      {options.length > 8 && (
        <input
          type="search"
          aria-label={t("Find")}
          placeholder={t("Find")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          className={inputClass}
        />
      )}
      <div className="max-h-72 overflow-auto">
        {found.map((option) => (
          <Checkbox key={option.value} isSelected={chosen.includes(option.value)} onChange={(on) => toggle(option.value, on)}>
            <span className="block truncate">{option.label}</span>
          </Checkbox>
        ))}
      </div>
      {found.length === 0 && (
        <p className="p-2 text-ink-2">{find ? t("Nothing has this name.") : t("There is nothing to choose from yet.")}</p>
      )}
    </div>
  );
}
