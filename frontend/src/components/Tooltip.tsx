import type { ReactElement, ReactNode } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";

type TooltipProps = { readonly text: ReactNode; readonly placement?: "top" | "bottom" | "left" | "right"; readonly children: ReactElement };

/** Around a `Button`. It explains; the button still carries its own name. */
export function Tooltip({ text, placement = "top", children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip
        offset={6}
        placement={placement}
        className="animate-pop max-w-72 rounded-field border border-line bg-raised px-2 py-1 text-meta text-ink shadow-2"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
