import { useEffect, useState } from "react";
import type { Media } from "../model/types";
import { type Peaks, readPeaks } from "../model/waveform";

export type PeaksState =
  | { readonly state: "none" | "loading" | "failed"; readonly peaks: null }
  | { readonly state: "ready"; readonly peaks: Peaks };

/** The waveform's bytes. Without a recording there is none; a failure leaves the other tracks as they are. */
export function usePeaks(media: Media | null): PeaksState {
  const url = media?.peaksUrl ?? null;
  const [found, setFound] = useState<PeaksState>({ state: url ? "loading" : "none", peaks: null });
  useEffect(() => {
    if (!url) return setFound({ state: "none", peaks: null });
    const abort = new AbortController();
    setFound({ state: "loading", peaks: null });
    load(url, abort.signal).then(
      (peaks) => setFound(peaks ? { state: "ready", peaks } : { state: "failed", peaks: null }),
      () => abort.signal.aborted || setFound({ state: "failed", peaks: null }),
    );
    return () => abort.abort();
  }, [url]);
  return found;
}

async function load(url: string, signal: AbortSignal): Promise<Peaks | null> {
  const response = await fetch(url, { credentials: "same-origin", signal });
  return response.ok ? readPeaks(await response.arrayBuffer()) : null;
}
