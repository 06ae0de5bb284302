import { type MouseEvent, useEffect, useRef } from "react";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import type { Row } from "./items";

type BoxProps = {
  readonly label: string;
  readonly checked: boolean;
  readonly mixed?: boolean;
  readonly tabIndex?: number;
  readonly onFocus?: () => void;
  readonly onChange: (on: boolean, shift: boolean) => void;
};

/**
 * A checkbox as large as what holds it. The input itself is the target, not a label: browsers differ in whether a label heeds a click
 * with Shift.
 */
function Box({ label, checked, mixed = false, tabIndex, onFocus, onChange }: BoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = mixed;
  }, [mixed]);
  // A click with Shift would select the text in between.
  const onMouseDown = (event: MouseEvent<HTMLInputElement>) => {
    if (!event.shiftKey) return;
    event.preventDefault();
    event.currentTarget.focus();
  };
  return (
    <>
      <input
        ref={input}
        type="checkbox"
        aria-label={label}
        checked={checked}
        tabIndex={tabIndex}
        onFocus={onFocus}
        onMouseDown={onMouseDown}
        onChange={(event) => onChange(event.target.checked, (event.nativeEvent as globalThis.MouseEvent).shiftKey)}
        className="peer absolute inset-0 z-10 m-0 cursor-pointer opacity-0"
      />
      <span
        aria-hidden="true"
        className={`flex size-4 items-center justify-center rounded-chip border outline-offset-2 peer-focus-visible:outline-2 peer-focus-visible:outline-accent ${checked || mixed ? "border-ink bg-ink text-on-ink" : "border-line-3 bg-surface peer-hover:border-ink"}`}
      >
        {(checked || mixed) && <Icon name={mixed ? "minus" : "check"} size={12} />}
      </span>
    </>
  );
}

type RowProps = {
  readonly row: Row;
  readonly checked: boolean;
  readonly tabIndex?: number;
  readonly onFocus: () => void;
  readonly onTick: (id: string, on: boolean, range: boolean) => void;
};

/** Chooses one row; with Shift all from the last one to it. It fills what holds it. */
export function RowCheck({ row, onTick, ...rest }: RowProps) {
  const label = t("Select interaction {number}", { number: row.number });
  return <Box {...rest} label={label} onChange={(on, shift) => onTick(row.id, on, shift)} />;
}

type HeadProps = { readonly coverage: "all" | "some" | "none"; readonly onTick: (on: boolean) => void };

/** Chooses all that is loaded, or nothing. */
export function HeadCheck({ coverage, onTick }: HeadProps) {
  return <Box label={t("Select all that are shown")} checked={coverage === "all"} mixed={coverage === "some"} onChange={onTick} />;
}
