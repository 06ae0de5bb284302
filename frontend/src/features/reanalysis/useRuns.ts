import { useEffect, useRef } from "react";
import { useQuery } from "urql";
import { RunsDocument } from "./__generated__";
import type { Run } from "./model";

const EVERY_MS = 2_000;

/** The runs, looked at again while one is at work. */
export function useRuns() {
  const [{ data, error, fetching }, again] = useQuery({ query: RunsDocument, requestPolicy: "cache-and-network" });
  const refresh = () => again({ requestPolicy: "network-only" });
  const runs = data?.reanalyses;
  useFollowing(runs ?? [], refresh);
  return { runs, error, fetching, refresh } as const;
}

/** Asks again every two seconds while one of the runs is at work and the page is in view. */
export function useFollowing(runs: readonly Run[], refresh: () => void): void {
  const working = runs.some((run) => run.state === "RUNNING" || (run.state === "PAUSED" && run.progress.working > 0));
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => !document.hidden && latest.current(), EVERY_MS);
    return () => clearInterval(timer);
  }, [working]);
}
