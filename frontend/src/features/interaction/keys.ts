/** The keys of the page. What acts on what is open stays here; `?` and the switch for single letters are the shell's. */
import { useNavigate } from "@tanstack/react-router";
import { t } from "@/i18n";
import { interactionAddress } from "@/lib/addresses";
import { type Shortcut, useShortcuts } from "@/lib/shortcuts";
import { useConversation } from "./conversation";
import { neighbour, rowAt } from "./model/rows";
import type { Neighbours } from "./neighbours";
import { rememberRate } from "./usePlayer";

export function usePageKeys(neighbours: Neighbours, focusSearch: () => void): void {
  const { playback, model, goTo, stepHighlight } = useConversation();
  const navigate = useNavigate();
  const open = (id: string | null) => id && void navigate({ to: interactionAddress(id) });
  const turn = (direction: 1 | -1) => {
    const row = model.rows[neighbour(model.rows, rowAt(model.rows, playback.time()), direction)];
    if (row) goTo(row.startMs);
  };
  const skip = (keys: readonly string[], seconds: number, label: string): Shortcut => ({
    keys,
    label,
    run: () => goTo(playback.time() + seconds * 1000),
  });
  useShortcuts([
    { keys: [" ", "k"], label: t("Play or pause"), run: () => playback.toggle() },
    skip(["ArrowLeft"], -5, t("Back 5 s")),
    skip(["ArrowRight"], 5, t("Forward 5 s")),
    skip(["Shift+ArrowLeft"], -15, t("Back 15 s")),
    skip(["Shift+ArrowRight"], 15, t("Forward 15 s")),
    skip(["j"], -10, t("Back 10 s")),
    skip(["l"], 10, t("Forward 10 s")),
    { keys: ["<"], label: t("Slower"), run: () => rememberRate(playback.stepRate(-1)) },
    { keys: [">"], label: t("Faster"), run: () => rememberRate(playback.stepRate(1)) },
    { keys: ["ArrowUp"], label: t("Previous turn"), when: outsidePanel, run: () => turn(-1) },
    { keys: ["ArrowDown"], label: t("Next turn"), when: outsidePanel, run: () => turn(1) },
    { keys: ["n"], label: t("Next highlight"), run: () => stepHighlight(1) },
    { keys: ["p"], label: t("Previous highlight"), run: () => stepHighlight(-1) },
    { keys: ["/"], label: t("Search in this call"), run: focusSearch },
    { keys: ["["], label: t("Previous interaction"), run: () => open(neighbours.previous) },
    { keys: ["]"], label: t("Next interaction"), run: () => open(neighbours.next) },
  ]);
}

/** In the analysis the arrows scroll, as everywhere. */
const outsidePanel = (target: Element) => target.closest("[role=tabpanel]") === null;
