import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { KeyHint } from "@/components/KeyHint";
import { t } from "@/i18n";
import { useSettled } from "@/lib/settled";
import { useShortcuts } from "@/lib/shortcuts";

type Props = { readonly value: string; readonly onChange: (text: string) => void };

/** Search in transcripts; the list follows shortly after the last key. On a phone it lies behind an icon until it is wanted. */
export function SearchBox({ value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useSettled(value, onChange);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    // At once, so that what is typed next is not lost.
    flushSync(() => setOpen(true));
    input.current?.focus();
  };
  useShortcuts([{ keys: ["/"], label: t("Search transcripts"), run: open }]);
  const wanted = isOpen || text !== "";
  return (
    <search className={wanted ? "max-md:absolute max-md:inset-x-3 max-md:z-10" : ""}>
      <div className={wanted ? "contents" : "md:hidden"}>
        {!wanted && (
          <IconButton label={t("Search transcripts")} onPress={open}>
            <Icon name="search" size={18} />
          </IconButton>
        )}
      </div>
      <div className={`relative items-center md:flex md:w-84 ${wanted ? "flex" : "hidden"}`}>
        <Icon name="search" className="pointer-events-none absolute left-2.5 text-ink-3" />
        <Field input={input} text={text} setText={setText} onLeave={() => setOpen(false)} />
      </div>
    </search>
  );
}

type FieldProps = {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly onLeave: () => void;
};

function Field({ input, text, setText, onLeave }: FieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    if (text) setText("");
    else input.current?.blur();
  };
  return (
    <>
      <input
        ref={input}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onLeave}
        aria-label={t("Search transcripts")}
        aria-keyshortcuts="/"
        placeholder={t("Search transcripts")}
        className="h-8 w-full appearance-none rounded-field border border-line-2 bg-surface pr-8 pl-8 shadow-1 motion-fade hover:border-line-3 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/35 [&::-webkit-search-cancel-button]:hidden touch:h-11 touch:text-[16px]"
      />
      {text ? (
        <button
          type="button"
          aria-label={t("Clear the search")}
          onClick={() => setText("")}
          className="absolute right-1 flex size-6 items-center justify-center rounded-chip text-ink-2 hover:bg-sunken touch:right-0 touch:size-11"
        >
          <Icon name="close" size={13} />
        </button>
      ) : (
        <KeyHint keys="/" className="absolute right-1.5" />
      )}
    </>
  );
}
