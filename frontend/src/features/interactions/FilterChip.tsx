import { useState } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Popover, PopoverTrigger } from "@/components/Popover";
import { t } from "@/i18n";
import { ChoiceEditor } from "./ChoiceEditor";
import { DateEditor } from "./DateEditor";
import { choices, type Facets, filterLabel, valueText } from "./filters";
import { RangeEditor } from "./RangeEditor";
import { type FilterName, isRange } from "./search";

type Props = {
  readonly name: FilterName;
  readonly value: string;
  readonly facets: Facets | undefined;
  readonly today: string;
  readonly startsOpen: boolean;
  readonly onChange: (value: string) => void;
  readonly onClosed: () => void;
};

/** name | value | ×. A filter just added opens its editor; left empty it goes again. */
export function FilterChip({ name, value, facets, today, startsOpen, onChange, onClosed }: Props) {
  const [isOpen, setOpen] = useState(startsOpen);
  const label = filterLabel(name);
  const text = value ? valueText(name, value, facets, today) : t("any");
  const toggle = (open: boolean) => {
    setOpen(open);
    if (!open) onClosed();
  };
  return (
    <li className="flex shrink-0 rounded-field border border-line-2 bg-surface shadow-1">
      <PopoverTrigger isOpen={isOpen} onOpenChange={toggle}>
        <Button
          size="small"
          variant="ghost"
          className="h-6.5! touch:h-8! rounded-r-none! px-0! gap-0!"
          aria-label={t("Filter {name}: {value}", { name: label, value: text })}
        >
          <span className="px-2 text-meta font-normal text-ink-2">{label}</span>
          <span className="max-w-56 truncate border-l border-line px-2 leading-6.5 text-ink">{text}</span>
        </Button>
        <Popover label={t("Filter by {name}", { name: label })} className="w-64 p-2!">
          {(close) => (
            <Editor name={name} value={value} facets={facets} today={today} onChange={onChange} onDone={() => [toggle(false), close()]} />
          )}
        </Popover>
      </PopoverTrigger>
      <Button
        size="small"
        variant="ghost"
        aria-label={t("Remove the filter {name}", { name: label })}
        className="h-6.5! touch:h-8! w-7 touch:w-9 rounded-l-none! border-l border-line px-0!"
        onPress={() => [onChange(""), onClosed()]}
      >
        <Icon name="close" size={12} />
      </Button>
    </li>
  );
}

type EditorProps = Pick<Props, "name" | "value" | "facets" | "today" | "onChange"> & { readonly onDone: () => void };

function Editor({ name, value, facets, today, onChange, onDone }: EditorProps) {
  const commit = (next: string) => [onChange(next), onDone()];
  if (name === "date") return <DateEditor value={value} today={today} onCommit={commit} />;
  if (isRange(name)) return <RangeEditor name={name} value={value} onCommit={commit} />;
  return <ChoiceEditor options={choices(name, facets)} loading={!facets} value={value} onChange={onChange} />;
}
