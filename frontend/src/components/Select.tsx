import { Select as AriaSelect, Button, ListBox, ListBoxItem, Popover, SelectValue } from "react-aria-components";
import { buttonClass } from "./button-style";
import { Icon } from "./Icon";
import { itemClass } from "./Menu";
import { popoverClass } from "./Popover";

export type SelectOption<T extends string> = { readonly value: T; readonly label: string };
type SelectProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly SelectOption<T>[];
  readonly onChange: (value: T) => void;
  readonly className?: string;
};

/** One of a list that is too long for a segmented control. */
export function Select<T extends string>({ label, value, options, onChange, className = "" }: SelectProps<T>) {
  return (
    <AriaSelect aria-label={label} value={value} onChange={(key) => onChange(key as T)} className={className}>
      <Button className={buttonClass("default", "medium", "w-full justify-between! font-normal")}>
        <SelectValue className="truncate">{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="chevron-down" className="text-ink-3" />
      </Button>
      <Popover offset={4} className={`${popoverClass} min-w-(--trigger-width)`}>
        <ListBox items={options} className="max-h-[inherit] overflow-auto p-1 outline-none">
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className={itemClass}>
              {({ isSelected }) => (
                <>
                  <span className="flex-1 truncate">{option.label}</span>
                  <Icon name="check" className={isSelected ? "" : "opacity-0"} />
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
