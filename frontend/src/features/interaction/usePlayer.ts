/** The page's one playback: it begins at the speed that the reader likes, and at the moment that the address names. */
import { useEffect, useMemo } from "react";
import { readStored, writeStored } from "@/lib/theme";
import { Playback, rates } from "./playback";

const storedRate = "assay.speed";

export function rememberRate(rate: number): void {
  writeStored(storedRate, String(rate));
}

function likedRate(): number {
  const stored = Number(readStored(storedRate));
  return rates.find((rate) => rate === stored) ?? 1;
}

export function usePlayer(id: string, durationMs: number, startSeconds: number | undefined): Playback {
  // Another interaction is another playback, even where its length is the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the length may come later and is set below
  const playback = useMemo(() => new Playback(durationMs, likedRate()), [id]);
  useEffect(() => {
    playback.durationMs = durationMs;
  }, [playback, durationMs]);
  useEffect(() => {
    if (startSeconds !== undefined) playback.seek(startSeconds * 1000);
  }, [playback, startSeconds]);
  return playback;
}
