import { useEffect, useRef, useState } from "react";
import { t } from "@/i18n";
import { buttonClass } from "./button-style";
import { Icon } from "./Icon";

type CopyProps = {
  readonly text: string;
  /** What it is, e.g. “Reply URL”: names the button. */
  readonly name: string;
};

/** A value in the machine's letters with the button that copies it; where the browser forbids that, the text is selected instead. */
export function CopyText({ text, name }: CopyProps) {
  const value = useRef<HTMLElement>(null);
  const [state, copy] = useCopy(text, value);
  return (
    <span className="flex min-w-0 items-stretch rounded-field border border-line-2 bg-sunken">
      <code ref={value} className="min-w-0 flex-1 px-2.5 py-1.5 font-mono text-meta wrap-anywhere text-ink">
        {text}
      </code>
      <button
        type="button"
        onClick={copy}
        aria-label={t("Copy {name}", { name })}
        className={buttonClass("ghost", "small", "h-auto! min-h-7 self-stretch rounded-l-none! border-l border-line-2 touch:min-w-11")}
      >
        <Icon name={state === "copied" ? "check" : "copy"} />
        <span className="max-sm:sr-only">{state === "copied" ? t("Copied") : t("Copy")}</span>
      </button>
      <span role="status" className="sr-only">
        {state === "copied" && t("{name} copied.", { name })}
        {state === "selected" && t("The browser did not allow copying. The text is selected: copy it with the keyboard.")}
      </span>
    </span>
  );
}

function useCopy(text: string, element: React.RefObject<HTMLElement | null>) {
  const [state, setState] = useState<"idle" | "copied" | "selected">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2_500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      if (element.current) getSelection()?.selectAllChildren(element.current);
      setState("selected");
    }
  };
  return [state, copy] as const;
}
