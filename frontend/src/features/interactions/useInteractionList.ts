import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useClient, useQuery, useSubscription } from "urql";
import { onReconnect } from "@/graphql/socket";
import { rememberList } from "@/lib/list-memory";
import { InteractionsChangedDocument, InteractionsCountDocument } from "./__generated__";
import { type ListSearch, toFilter, toSort } from "./search";
import { ListSource } from "./source";

/** What is kept while an interaction is open, so that coming back finds the list as it was left. */
type Kept = { readonly key: string; readonly source: ListSource; cursor: number | null; offset: number };

let kept: Kept | null = null;

export type InteractionList = ReturnType<typeof useInteractionList>;

export function useInteractionList(search: ListSearch, today: string) {
  const client = useClient();
  const filter = useMemo(() => toFilter(search, today), [search, today]);
  const key = JSON.stringify([filter, toSort(search)]);
  const place = useMemo(() => {
    if (kept?.key === key) return kept;
    kept?.source.stop();
    kept = { key, source: new ListSource(client, { filter, sort: toSort(search) }), cursor: null, offset: 0 };
    return kept;
  }, [client, key, filter, search]);
  const { source } = place;
  const snapshot = useSyncExternalStore(source.subscribe, source.snapshot);
  const [{ data: counted }, recount] = useQuery({
    query: InteractionsCountDocument,
    variables: { filter },
    requestPolicy: "cache-and-network",
  });
  const total = counted?.interactions.totalCount ?? null;
  const shown = useLastRows(snapshot);
  const refresh = useMemo(() => () => [source.refresh(), recount({ requestPolicy: "network-only" })], [source, recount]);

  useEffect(() => {
    rememberList({ ids: snapshot.rows.map((row) => row.id), total, search: { ...search } });
  }, [snapshot.rows, total, search]);
  useEffect(() => onReconnect(refresh), [refresh]);
  return { ...snapshot, ...shown, total, source, place, refresh };
}

/** While another filter loads, the rows of the last one stay, dimmed. */
function useLastRows(snapshot: ReturnType<ListSource["snapshot"]>) {
  const [last, setLast] = useState(snapshot.rows);
  useEffect(() => {
    if (!snapshot.loading) setLast(snapshot.rows);
  }, [snapshot]);
  const dimmed = snapshot.loading && last.length > 0;
  return { rows: dimmed ? last : snapshot.rows, dimmed, loading: snapshot.loading && !dimmed };
}

const settleMs = 600;

/**
 * News of the account's interactions. Rows on the screen change by themselves; ones that are not there yet come in at once while the
 * reader is at the top, and wait behind a button otherwise.
 */
export function useLiveNews(list: InteractionList, atTop: boolean) {
  const [waiting, setWaiting] = useState(false);
  const [due, setDue] = useState(false);
  useSubscription({ query: InteractionsChangedDocument }, (_before, news) => {
    const { kind, interaction } = news.interactionsChanged;
    if (kind === "CREATED" || !list.source.has(interaction.id)) setDue(true);
    return news;
  });
  // The clock runs from the first news and is not set back by what follows: a row that changes without a pause comes in all the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only news starts the clock, neither scrolling nor a refresh
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(() => {
      setDue(false);
      if (atTop) list.refresh();
      else setWaiting(true);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [due]);
  const show = () => {
    setWaiting(false);
    list.refresh();
  };
  return { waiting: waiting && !atTop, show };
}
