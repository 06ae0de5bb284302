import { Checkbox } from "@/components/Checkbox";
import { Dialog } from "@/components/Dialog";
import { KeyHint } from "@/components/KeyHint";
import { t } from "@/i18n";
import { useAllShortcuts, useLetters } from "@/lib/shortcuts";

type Props = { readonly isOpen: boolean; readonly onClose: () => void };

/** The keys of the page that is open, and the switch for single letters. */
export function HelpDialog({ isOpen, onClose }: Props) {
  const shortcuts = useAllShortcuts().flat();
  const [letters, setLetters] = useLetters();
  return (
    <Dialog title={t("Keys")} isOpen={isOpen} onClose={onClose} width="max-w-md">
      <dl className="grid grid-cols-[1fr_auto] gap-x-6">
        {shortcuts.map((shortcut) => (
          <div key={shortcut.label} className="col-span-2 grid grid-cols-subgrid items-center border-b border-line py-1.5">
            <dt>{shortcut.label}</dt>
            <dd className="flex gap-1">
              <span className="sr-only">{shortcut.keys.join(", ")}</span>
              {shortcut.keys.map((key) => (
                <KeyHint key={key} keys={keyLabel(key)} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Checkbox isSelected={letters} onChange={setLetters} className="-mx-2 mt-3">
        {t("Single-key shortcuts")}
      </Checkbox>
    </Dialog>
  );
}

const names: Record<string, string> = {
  " ": "Space",
  Enter: "↵",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
};

export function keyLabel(key: string): string {
  return key
    .split("+")
    .map((part) => names[part] ?? part)
    .join(" ");
}
