import { t } from "@/i18n";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { Menu, MenuItem, MenuTrigger } from "./Menu";

type Option = { readonly value: string; readonly label: string };
type Props = {
  readonly label: string;
  /** Empty: any. */
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
};

// An empty key would be none.
const any = "*";

/** A filter with one value of a few: name | value | ×, dashed while it lets everything through. */
export function FilterMenu({ label, value, options, onChange }: Props) {
  const text = options.find((option) => option.value === value)?.label ?? value;
  const set = value !== "";
  return (
    <div className={`flex shrink-0 rounded-field border bg-surface ${set ? "border-line-2 shadow-1" : "border-dashed border-line-3"}`}>
      <MenuTrigger>
        <Button size="small" variant="ghost" className={`h-6.5! gap-0! px-0! touch:h-8! ${set ? "rounded-r-none!" : ""}`}>
          <span className="sr-only">{t("Filter")}</span>
          <span className="px-2 text-meta font-normal text-ink-2">{label}</span>
          {set ? (
            <span className="max-w-44 truncate border-l border-line px-2 leading-6.5 text-ink">{text}</span>
          ) : (
            <>
              <span className="sr-only">{t("any")}</span>
              <Icon name="chevron-down" size={12} className="mr-2 text-ink-3" />
            </>
          )}
        </Button>
        <Menu
          aria-label={label}
          selectionMode="single"
          selectedKeys={[value || any]}
          onAction={(key) => onChange(key === any ? "" : String(key))}
          items={[{ value: any, label: t("Any") }, ...options]}
          className="max-h-80!"
        >
          {(option) => <MenuItem id={option.value}>{option.label}</MenuItem>}
        </Menu>
      </MenuTrigger>
      {set && (
        <Button
          size="small"
          variant="ghost"
          aria-label={t("Remove the filter {name}", { name: label })}
          className="h-6.5! w-7 rounded-l-none! border-l border-line px-0! touch:h-8! touch:w-9"
          onPress={() => onChange("")}
        >
          <Icon name="close" size={12} />
        </Button>
      )}
    </div>
  );
}
