import { useMemo, useState } from "react";
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { t } from "@/i18n";
import { useSettled } from "@/lib/settled";
import { inputClass } from "./Field";
import { Icon } from "./Icon";
import { itemClass } from "./Menu";
import { popoverClass } from "./Popover";

export type PickerOption = { readonly id: string; readonly label: string; readonly note?: string };

type Props = {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly placeholder?: string;
  /** What the server found for the text; filtered nowhere else. */
  readonly options: readonly PickerOption[];
  readonly busy?: boolean;
  readonly onSearch: (text: string) => void;
  readonly onPick: (id: string) => void;
  /** Keeps the picked one's name in the field; without it the field is emptied for the next. */
  readonly picked?: string;
};

/** One of many, found by typing: a combobox whose list the server narrows. */
export function SearchPicker({ label, hideLabel = false, placeholder = "", options, busy = false, onSearch, onPick, picked }: Props) {
  const [text, setText] = usePickerText(picked, onSearch);
  const items = useMemo(() => [...options], [options]);
  const pick = (key: string | number | null) => {
    const option = options.find((one) => one.id === key);
    if (!option) return;
    setText(picked === undefined ? "" : option.label);
    onPick(option.id);
  };
  return (
    <ComboBox
      items={items}
      inputValue={text}
      onInputChange={setText}
      value={null}
      onChange={(key) => pick(key as string | null)}
      menuTrigger="focus"
      allowsEmptyCollection
      className="flex flex-col gap-1.5"
    >
      <Label className={hideLabel ? "sr-only" : "font-medium"}>{label}</Label>
      <div className="relative flex items-center">
        <Input placeholder={placeholder} className={`${inputClass} pr-9!`} />
        <Button className="absolute right-0 flex size-9 items-center justify-center text-ink-3 touch:size-11">
          <Icon name="chevron-down" />
        </Button>
      </div>
      <Popover offset={4} className={`${popoverClass} w-(--trigger-width)`}>
        <ListBox<PickerOption>
          className="max-h-72 overflow-auto p-1 outline-none"
          renderEmptyState={() => <p className="p-2 text-ink-2">{busy ? t("Looking …") : t("Nothing has this name.")}</p>}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={itemClass}>
              <span className="min-w-0 flex-1 truncate">{option.label}</span>
              {option.note && <span className="max-w-40 truncate text-meta text-ink-3">{option.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function usePickerText(picked: string | undefined, onSearch: (text: string) => void) {
  const [sent, setSent] = useState("");
  const search = useMemo(
    () => (text: string) => {
      setSent(text);
      onSearch(text);
    },
    [onSearch],
  );
  const [text, setText] = useSettled(sent, search);
  const [named, setNamed] = useState(picked);
  if (named !== picked) {
    setNamed(picked);
    if (picked) setText(picked);
  }
  return [text, setText] as const;
}
