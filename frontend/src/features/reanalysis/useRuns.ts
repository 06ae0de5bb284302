import { useEffect } from "react";
import { useQuery } from "urql";
import { RunsDocument } from "./__generated__";

const EVERY_MS = 2_000;

/** The runs, looked at again every two seconds while one is at work and the page is in view. */
export function useRuns() {
  const [{ data, error, fetching }, again] = useQuery({ query: RunsDocument, requestPolicy: "cache-and-network" });
  const refresh = () => again({ requestPolicy: "network-only" });
  const runs = data?.reanalyses;
  const working = runs?.some((run) => run.state === "RUNNING" || (run.state === "PAUSED" && run.progress.working > 0)) ?? false;
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => !document.hidden && again({ requestPolicy: "network-only" }), EVERY_MS);
    return () => clearInterval(timer);
  }, [working, again]);
  return { runs, error, fetching, refresh } as const;
}
