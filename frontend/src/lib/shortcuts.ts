/** Keys of the page that is open. The help dialog lists what is registered; single letters can be switched off (WCAG 2.1.4). */
import { useEffect, useRef, useSyncExternalStore } from "react";
import { readStored, writeStored } from "./theme";

export type Shortcut = {
  /** As `KeyboardEvent.key`, with `Shift+` or `Ctrl+` in front where held, e.g. `j`, `Enter`, `Shift+ArrowLeft`. */
  readonly keys: readonly string[];
  readonly label: string;
  /** Where the key means this; elsewhere it keeps the browser's meaning. */
  readonly when?: (target: Element) => boolean;
  readonly run: (event: KeyboardEvent) => void;
};

const stored = "assay.letters";
let groups: ReadonlyArray<readonly Shortcut[]> = [];
let lettersOn = readStored(stored) !== "off";
const listeners = new Set<() => void>();

export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const group = latest.current;
    publish([...groups, group]);
    const onKey = (event: KeyboardEvent) => dispatch(event, latest.current);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
      publish(groups.filter((one) => one !== group));
    };
  }, []);
}

export function useAllShortcuts(): ReadonlyArray<readonly Shortcut[]> {
  return useSyncExternalStore(subscribe, () => groups);
}

export function useLetters(): readonly [boolean, (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, () => lettersOn), setLetters] as const;
}

function setLetters(on: boolean): void {
  lettersOn = on;
  writeStored(stored, on ? "on" : "off");
  publish(groups);
}

/** `Shift+ArrowLeft`; a shifted character such as `?` is only itself. */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">): string {
  const control = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const shift = event.shiftKey && event.key.length > 1 ? "Shift+" : "";
  return control + shift + event.key;
}

function dispatch(event: KeyboardEvent, shortcuts: readonly Shortcut[]): void {
  const { target } = event;
  if (event.defaultPrevented || event.altKey || !(target instanceof Element)) return;
  const name = keyName(event);
  const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
  if (letter && !lettersOn) return;
  if (takesKeys(target, name)) return;
  const found = shortcuts.find((shortcut) => shortcut.keys.includes(name) && (shortcut.when?.(target) ?? true));
  if (!found) return;
  event.preventDefault();
  found.run(event);
}

/** Fields keep their letters, buttons and links their Enter and Space, dialogs and menus everything. */
function takesKeys(target: Element, name: string): boolean {
  if (target.closest("input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]"))
    return !name.startsWith("Ctrl+");
  if (target.closest("[role=dialog], [role=menu], [role=listbox], [popover]")) return true;
  return (name === "Enter" || name === " ") && target.closest("button, a, [role=tab], summary") !== null;
}

function publish(next: ReadonlyArray<readonly Shortcut[]>): void {
  groups = next.slice();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
