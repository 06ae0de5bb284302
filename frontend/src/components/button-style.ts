/** Classes of a button (on touch devices the target reaches 44 px beyond the drawn edge), for the places where it is a link or a native control. */
export type ButtonVariant = "primary" | "default" | "ghost" | "danger";
export type ButtonSize = "medium" | "small" | "icon" | "icon-small";

const base =
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-field font-medium whitespace-nowrap select-none motion-fade off:opacity-50 relative touch:after:absolute touch:after:content-['']";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-ink text-on-ink shadow-1 hot:bg-ink-hover",
  default: "border border-line-2 bg-surface text-ink shadow-1 hot:bg-sunken",
  ghost: "text-ink-2 hot:bg-sunken hot:text-ink",
  danger: "border border-line-2 bg-surface text-critical-ink shadow-1 hot:bg-critical-soft",
};

const sizes: Record<ButtonSize, string> = {
  medium: "h-8 px-3 touch:h-10 touch:after:-inset-0.5",
  small: "h-7 px-2 touch:h-8 touch:after:inset-x-0 touch:after:-inset-y-1.5",
  icon: "size-8 touch:after:-inset-1.5",
  "icon-small": "size-7 touch:after:-inset-2",
};

export function buttonClass(variant: ButtonVariant = "default", size: ButtonSize = "medium", extra = ""): string {
  return `${base} ${variants[variant]} ${sizes[size]} ${extra}`;
}
