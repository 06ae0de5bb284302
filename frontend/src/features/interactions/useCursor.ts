import { useNavigate } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import { t } from "@/i18n";
import { interactionAddress } from "@/lib/addresses";
import { useShortcuts } from "@/lib/shortcuts";
import { isChosen } from "./selection";
import type { InteractionList } from "./useInteractionList";
import type { ListView } from "./useListView";
import type { ListSelection } from "./useSelection";

/** The row that j and k move and Enter opens. It is kept while an interaction is open. */
export function useCursor(list: InteractionList, view: ListView, chosen: ListSelection) {
  const navigate = useNavigate();
  const { place, rows } = list;
  const [cursor, setState] = useState(place.cursor);
  const moved = useRef(false);
  const setCursor = useCallback(
    (index: number) => {
      place.cursor = index;
      setState(index);
    },
    [place],
  );
  const move = (by: number) => {
    if (rows.length === 0) return;
    const next = Math.min(rows.length - 1, Math.max(0, cursor === null ? 0 : cursor + by));
    moved.current = true;
    setCursor(next);
    view.virtualizer.scrollToIndex(view.items.findIndex((item) => item.kind === "row" && item.index === next));
  };
  const open = () => {
    const row = cursor === null ? undefined : rows[cursor];
    if (row) navigate({ to: interactionAddress(row.id) });
  };
  const takeFocus = useCallback(() => {
    const wanted = moved.current;
    moved.current = false;
    return wanted;
  }, []);
  const tick = (range: boolean) => {
    const row = cursor === null ? undefined : rows[cursor];
    if (row) chosen.onTick(row.id, range || !isChosen(chosen.selection, row.id), range);
  };
  useShortcuts([
    { keys: ["j"], label: t("Next interaction"), run: () => move(1) },
    { keys: ["k"], label: t("Previous interaction"), run: () => move(-1) },
    { keys: ["Enter"], label: t("Open the interaction"), run: open },
    ...(chosen.enabled
      ? [
          { keys: ["x"], label: t("Select the interaction, or no longer"), run: () => tick(false) },
          { keys: ["X"], label: t("Select from the last one to here"), run: () => tick(true) },
        ]
      : []),
  ]);
  return { cursor: cursor !== null && cursor < rows.length ? cursor : null, setCursor, takeFocus };
}
