import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { mayAccount, useViewer } from "@/lib/viewer";
import type { Row } from "./items";
import { nothing, type Selection, tick, tickLoaded } from "./selection";

/** Kept while an interaction is open, as the list is; another filter or another person begins anew. */
let kept: { readonly key: string; readonly selection: Selection } | null = null;

export type ListSelection = ReturnType<typeof useSelection>;

/** What is chosen of the list. `filterKey` stands for the filter, whatever the order of the rows. */
export function useSelection(rows: readonly Row[], filterKey: string) {
  const viewer = useViewer();
  const key = `${viewer.id} ${filterKey}`;
  const [state, setState] = useState(() => ({ key, selection: kept?.key === key ? kept.selection : nothing }));
  const selection = state.key === key ? state.selection : nothing;
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const latest = useRef({ key, order, selection });
  latest.current = { key, order, selection };
  useEffect(() => {
    kept = { key, selection };
  }, [key, selection]);
  const set = useCallback((next: Selection) => setState({ key: latest.current.key, selection: next }), []);
  const onTick = useCallback(
    (id: string, on: boolean, range: boolean) => set(tick(latest.current.selection, latest.current.order, { id, on, range })),
    [set],
  );
  const onTickLoaded = useCallback((on: boolean) => set(tickLoaded(latest.current.selection, latest.current.order, on)), [set]);
  const chooseAll = useCallback(() => set({ ...nothing, all: true }), [set]);
  const clear = useCallback(() => set(nothing), [set]);
  // Who can do nothing with many has nothing to choose them for.
  const enabled = mayAccount(viewer, "account.settings");
  return { enabled, selection, order, onTick, onTickLoaded, chooseAll, clear };
}
