import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Checkbox";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuTrigger } from "@/components/Menu";
import { Popover, PopoverTrigger } from "@/components/Popover";
import { t } from "@/i18n";
import { columnLabel, columns, isShown, toggleColumn } from "./columns";
import { sortLabel } from "./filters";
import { type SortName, sortNames } from "./search";

export function SortMenu({ sort, onChange }: { readonly sort: SortName; readonly onChange: (sort: SortName) => void }) {
  return (
    <MenuTrigger>
      <Button size="small" variant="ghost" aria-label={t("Sort: {order}", { order: sortLabel(sort) })}>
        <Icon name="sort" />
        <span className="hidden md:inline">{sortLabel(sort)}</span>
      </Button>
      <Menu
        aria-label={t("Sort")}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[sort]}
        onSelectionChange={(keys) => keys !== "all" && onChange([...keys][0] as SortName)}
        items={sortNames.map((id) => ({ id }))}
      >
        {({ id }) => <MenuItem id={id}>{sortLabel(id)}</MenuItem>}
      </Menu>
    </MenuTrigger>
  );
}

export function ColumnsMenu({ hide, onChange }: { readonly hide: string | undefined; readonly onChange: (hide: string) => void }) {
  return (
    <PopoverTrigger>
      <Button size="small" variant="ghost" className="hidden! md:inline-flex!">
        <Icon name="columns" />
        {t("Columns")}
      </Button>
      <Popover label={t("Columns")} className="w-56 p-2!">
        {columns
          .filter((column) => column.rank !== null)
          .map(({ name }) => (
            <Checkbox key={name} isSelected={isShown(name, hide)} onChange={() => onChange(toggleColumn(name, hide))}>
              {columnLabel(name)}
            </Checkbox>
          ))}
        <p className="px-2 pt-2 pb-1 text-meta text-ink-3">{t("Columns that do not fit the window are left out by themselves.")}</p>
      </Popover>
    </PopoverTrigger>
  );
}
