import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaProps } from "react-aria-components";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-style";

type ButtonProps = Omit<AriaProps, "className" | "children"> & {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly className?: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** At most one `primary` in a view. Works as the trigger of a popover, menu, dialog or tooltip. */
export function Button({ variant = "default", size = "medium", className = "", ...rest }: ButtonProps) {
  return <AriaButton {...rest} className={buttonClass(variant, size, className)} />;
}

type IconButtonProps = Omit<ButtonProps, "aria-label" | "size"> & { readonly label: string; readonly small?: boolean };

/** A button that shows only an icon; `label` is its name. */
export function IconButton({ label, small = false, variant = "ghost", ...rest }: IconButtonProps) {
  return <Button {...rest} aria-label={label} variant={variant} size={small ? "icon-small" : "icon"} />;
}
