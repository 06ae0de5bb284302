import type { ReactNode } from "react";
import {
  MenuItem as AriaItem,
  Menu as AriaMenu,
  MenuTrigger as AriaTrigger,
  type MenuItemProps,
  type MenuProps,
  Popover,
} from "react-aria-components";
import { Icon, type IconName } from "./Icon";
import { popoverClass } from "./Popover";

/** A list of actions or choices behind a button. Put it beside its button in a `MenuTrigger`. */
export function Menu<T extends object>({ className = "", ...rest }: Omit<MenuProps<T>, "className"> & { readonly className?: string }) {
  return (
    <Popover offset={6} placement="bottom start" className={popoverClass}>
      <AriaMenu {...rest} className={`max-h-[inherit] min-w-44 overflow-auto p-1 outline-none ${className}`} />
    </Popover>
  );
}

type ItemProps = Omit<MenuItemProps, "className" | "children"> & { readonly icon?: IconName; readonly children: ReactNode };

export const itemClass =
  "flex h-8 cursor-default items-center gap-2 rounded-field px-2 text-body outline-none data-[focused]:bg-sunken data-[disabled]:opacity-50 touch:h-11";

export function MenuItem({ icon, children, ...rest }: ItemProps) {
  return (
    <AriaItem {...rest} textValue={rest.textValue ?? (typeof children === "string" ? children : "")} className={itemClass}>
      {({ isSelected, selectionMode }) => (
        <>
          {icon && <Icon name={icon} className="text-ink-2" />}
          <span className="min-w-0 flex-1 truncate">{children}</span>
          {selectionMode !== "none" && <Icon name="check" className={isSelected ? "" : "opacity-0"} />}
        </>
      )}
    </AriaItem>
  );
}

export const MenuTrigger = AriaTrigger;
