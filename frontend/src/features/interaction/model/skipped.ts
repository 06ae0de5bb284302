/** What the analysis left out, and why: shown where the figure would stand. */
import type { Analysis } from "./types";

export type Skipped = Analysis["skipped"][number];

/** The reason for a figure: by its own name, else by a wider one, e.g. `agent.words_per_min`, then `words_per_min`. */
export function reasonFor(skipped: readonly Skipped[], ...features: readonly string[]): Skipped | null {
  for (const feature of features) {
    const found = skipped.find((one) => one.feature === feature) ?? skipped.find((one) => one.feature.endsWith(`.${feature}`));
    if (found) return found;
  }
  return null;
}

/** `the words are unknown` → `The words are unknown.` */
export function sentence(reason: string): string {
  const text = reason.trim();
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
