/** Words in columns, as the API sends them: segment i owns words wordFrom[i] … wordFrom[i+1] − 1. */
import type { Word } from "./spans";
import type { Words } from "./types";

export function wordsOf(words: Words | null, segment: number): readonly Word[] {
  if (!words) return [];
  const from = words.wordFrom[segment] ?? 0;
  const to = words.wordFrom[segment + 1] ?? from;
  const found: Word[] = [];
  for (let index = from; index < to; index++) found.push({ index, from: words.charStarts[index] ?? 0, to: words.charEnds[index] ?? 0 });
  return found;
}

/** The word of these segments that is being spoken, or −1 in a pause. */
export function wordAt(words: Words | null, segments: readonly number[], ms: number): number {
  if (!words) return -1;
  for (const segment of segments) {
    const to = words.wordFrom[segment + 1] ?? 0;
    for (let index = words.wordFrom[segment] ?? 0; index < to; index++) {
      if (ms >= (words.startsMs[index] ?? 0) && ms < (words.endsMs[index] ?? 0)) return index;
    }
  }
  return -1;
}
