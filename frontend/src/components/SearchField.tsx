import { useRef } from "react";
import { t } from "@/i18n";
import { useSettled } from "@/lib/settled";
import { useShortcuts } from "@/lib/shortcuts";
import { Icon } from "./Icon";
import { KeyHint } from "./KeyHint";

type Props = {
  readonly label: string;
  readonly value: string;
  /** Called with the trimmed text, shortly after the last key. */
  readonly onChange: (text: string) => void;
  readonly className?: string;
  /** Whether `/` goes to it. Of several on a page, to one. */
  readonly shortcut?: boolean;
};

/** Search in the list below; `/` goes to it, Esc empties it. */
export function SearchField({ label, value, onChange, className = "", shortcut = true }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useSettled(value, onChange);
  useShortcuts(shortcut ? [{ keys: ["/"], label, run: () => input.current?.focus() }] : []);
  return (
    <search className={`relative flex items-center ${className}`}>
      <Icon name="search" className="pointer-events-none absolute left-2.5 text-ink-3" />
      <input
        ref={input}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && (text ? setText("") : input.current?.blur())}
        aria-label={label}
        aria-keyshortcuts={shortcut ? "/" : undefined}
        placeholder={label}
        className="h-8 w-full appearance-none rounded-field border border-line-2 bg-surface pr-8 pl-8 shadow-1 motion-fade hover:border-line-3 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/35 [&::-webkit-search-cancel-button]:hidden touch:h-11 touch:text-[16px]"
      />
      {text ? (
        <button
          type="button"
          aria-label={t("Clear the search")}
          onClick={() => [setText(""), input.current?.focus()]}
          className="absolute right-1 flex size-6 items-center justify-center rounded-chip text-ink-2 hover:bg-sunken touch:right-0 touch:size-11"
        >
          <Icon name="close" size={13} />
        </button>
      ) : (
        shortcut && <KeyHint keys="/" className="pointer-events-none absolute right-1.5" />
      )}
    </search>
  );
}
