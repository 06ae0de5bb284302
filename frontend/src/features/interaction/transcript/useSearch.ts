/** Search in the call: its query lives in the address, its place here. */
import { useMemo, useState } from "react";
import { type Found, findInCall, firstFrom } from "../model/find";
import type { Hit } from "../model/spans";

export type Search = {
  readonly query: string;
  readonly found: readonly Found[];
  readonly bySegment: ReadonlyMap<number, readonly Hit[]>;
  /** Index of the hit that is looked at; null where nothing was found. */
  readonly active: number | null;
  /** How often the reader has stepped; 0 = only typed. */
  readonly steps: number;
  readonly step: (direction: 1 | -1) => void;
};

export function useSearch(texts: ReadonlyArray<string | null>, query: string, segmentNow: () => number): Search {
  const found = useMemo(() => findInCall(texts, query), [texts, query]);
  const bySegment = useMemo(() => group(found), [found]);
  const [place, setPlace] = useState({ query, active: -1, steps: 0 });
  const here = place.query === query ? place : { query, active: -1, steps: 0 };
  const active = found.length === 0 ? null : here.active < 0 ? firstFrom(found, segmentNow()) : here.active;
  const step = (direction: 1 | -1) => {
    if (active === null) return;
    const next = here.steps === 0 && direction === 1 ? active : (active + direction + found.length) % found.length;
    setPlace({ query, active: next, steps: here.steps + 1 });
  };
  return { query, found, bySegment, active, steps: here.steps, step };
}

function group(found: readonly Found[]): ReadonlyMap<number, readonly Hit[]> {
  const map = new Map<number, Hit[]>();
  found.forEach(({ segment, from, to }, index) => {
    const list = map.get(segment) ?? [];
    list.push({ from, to, index });
    map.set(segment, list);
  });
  return map;
}
