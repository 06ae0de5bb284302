import type { ReactNode } from "react";
import { Popover as AriaPopover, type PopoverProps as AriaProps, Dialog, DialogTrigger } from "react-aria-components";

type PopoverProps = Omit<AriaProps, "className" | "children"> & {
  /** Name of the dialog inside, for screen readers. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
};

export const popoverClass = "animate-pop rounded-pop border border-line bg-raised text-ink shadow-2 outline-none";

/** Closes with Esc or a click outside; focus goes back. Put it beside its trigger in a `PopoverTrigger`. */
export function Popover({ label, className = "", children, ...rest }: PopoverProps) {
  return (
    <AriaPopover offset={6} placement="bottom start" {...rest} className={popoverClass}>
      <Dialog aria-label={label} className={`max-h-[inherit] overflow-auto p-3 outline-none ${className}`}>
        {({ close }) => <>{typeof children === "function" ? children(close) : children}</>}
      </Dialog>
    </AriaPopover>
  );
}

export const PopoverTrigger = DialogTrigger;
