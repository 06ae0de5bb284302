import { useCallback, useMemo, useState } from "react";
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
};

/** One of many, found by typing: a combobox whose list the server narrows. What is picked leaves the field, which is empty for the next. */
export function SearchPicker({ label, hideLabel = false, placeholder = "", options, busy = false, onSearch, onPick }: Props) {
  // A field that is emptied would open its list again: after each pick a new one stands there, with the focus.
  const [round, setRound] = useState(0);
  const [sent, setSent] = useState("");
  const search = useCallback((found: string) => [setSent(found), onSearch(found)], [onSearch]);
  const [text, setText] = useSettled(sent, search);
  const items = useMemo(() => [...options], [options]);
  const pick = (key: string | number | null) => {
    const option = options.find((one) => one.id === key);
    if (!option) return;
    setText("");
    setRound((one) => one + 1);
    onPick(option.id);
  };
  return (
    <ComboBox
      key={round}
      items={items}
      inputValue={text}
      onInputChange={setText}
      value={null}
      onChange={(key) => pick(key as string | null)}
      allowsEmptyCollection
      className="flex flex-col gap-1.5"
    >
      <Label className={hideLabel ? "sr-only" : "font-medium"}>{label}</Label>
      <div className="relative flex items-center">
        <Input autoFocus={round > 0} placeholder={placeholder} className={`${inputClass} pr-9!`} />
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
