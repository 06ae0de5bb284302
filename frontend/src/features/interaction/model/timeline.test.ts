import { describe, expect, it } from "vitest";
import { analysis, segments } from "../testing/sample";
import { cluster, reach } from "./cluster";
import { eventMarkers, eventsNote, eventsTitle, markerLabel, shortSpan } from "./events";
import { highlights } from "./highlights";
import { lanePath, speechOf } from "./lanes";
import { markGroups } from "./marks";
import { follow, isFitted, msAt, pan, type TimeScale, ticks, wholeView, xOf, zoom, zoomTo } from "./time-scale";

const scale = (change: Partial<TimeScale> = {}): TimeScale => ({ durationMs: 100_000, fromMs: 0, toMs: 100_000, width: 1000, ...change });

describe("TimeScale", () => {
  it("leads from milliseconds to pixels and back", () => {
    expect(xOf(scale(), 25_000)).toBe(250);
    expect(msAt(scale(), 250)).toBe(25_000);
    expect(msAt(scale({ fromMs: 50_000 }), 0)).toBe(50_000);
    expect(msAt(scale(), 2_000)).toBe(100_000);
    expect(msAt(scale({ width: 0 }), 10)).toBe(0);
  });

  it("zooms about a moment that keeps its place", () => {
    const view = zoom(wholeView(100_000), 100_000, 2, 20_000);
    expect(view).toEqual({ fromMs: 10_000, toMs: 60_000 });
    expect(xOf(scale(view), 20_000)).toBe(xOf(scale(), 20_000));
    expect(zoom(view, 100_000, 0.1, 20_000)).toEqual(wholeView(100_000));
  });

  it("never shows less than five seconds, nor more than there is", () => {
    const deep = zoom(wholeView(100_000), 100_000, 1_000, 99_000);
    expect(deep.toMs - deep.fromMs).toBe(5_000);
    expect(deep.toMs).toBeLessThanOrEqual(100_000);
    expect(zoom(wholeView(800), 800, 4, 0)).toEqual(wholeView(800));
  });

  it("stops at the ends when panned, and follows the playhead page by page", () => {
    const view = { fromMs: 10_000, toMs: 30_000 };
    expect(pan(view, 100_000, -50_000)).toEqual({ fromMs: 0, toMs: 20_000 });
    expect(pan(view, 100_000, 500_000)).toEqual({ fromMs: 80_000, toMs: 100_000 });
    expect(follow(view, 100_000, 20_000)).toBe(view);
    expect(follow(view, 100_000, 31_000).fromMs).toBe(29_400);
    expect(isFitted(view, 100_000)).toBe(false);
    expect(isFitted(wholeView(100_000), 100_000)).toBe(true);
  });

  it("opens a span with room on both sides", () => {
    expect(zoomTo(40_000, 50_000, 100_000)).toEqual({ fromMs: 30_000, toMs: 60_000 });
    expect(zoomTo(0, 100, 100_000)).toEqual({ fromMs: 0, toMs: 5_000 });
  });

  it("marks round moments far enough apart", () => {
    expect(ticks(scale()).map((tick) => tick.ms)).toEqual([0, 15_000, 30_000, 45_000, 60_000, 75_000, 90_000]);
    expect(ticks(scale({ width: 0 }))).toEqual([]);
    expect(ticks(scale({ durationMs: 4e8, toMs: 4e8, width: 100 })).length).toBeGreaterThan(0);
  });
});

describe("cluster", () => {
  const at = (items: readonly number[], half = 10) =>
    cluster(items, {
      anchorOf: (one) => one,
      boxOf: (group) => ({ left: (group[0] ?? 0) - half, right: (group.at(-1) ?? 0) + half * group.length }),
      closerThan: 15,
    }).map((one) => one.items);

  it("joins what is too close, and goes on where the joint one meets its neighbour", () => {
    expect(at([0, 100, 200])).toEqual([[0], [100], [200]]);
    expect(at([0, 14, 100])).toEqual([[0, 14], [100]]);
    expect(at([0, 14, 40])).toEqual([[0, 14, 40]]);
    expect(at([])).toEqual([]);
  });

  it("a finger may miss a box, but never into its neighbour's half", () => {
    const boxes = [
      { left: 0, right: 32 },
      { left: 36, right: 60 },
      { left: 200, right: 260 },
    ];
    expect(reach(boxes)).toEqual([
      { left: 6, right: 2 },
      { left: 2, right: 10 },
      { left: 0, right: 0 },
    ]);
    expect(
      reach([
        { left: 0, right: 10 },
        { left: 8, right: 18 },
      ])[0]?.right,
    ).toBe(0);
  });

  it("a long chain of close items is several clusters, each with the room that it needs", () => {
    const chain = Array.from({ length: 40 }, (_, index) => index * 8);
    const middle = (group: readonly number[]) => ((group[0] ?? 0) + (group.at(-1) ?? 0)) / 2;
    const found = cluster(chain, {
      anchorOf: (one) => one,
      boxOf: (group) => ({ left: middle(group) - 10, right: middle(group) + 10 }),
      closerThan: 32,
    });
    expect(found.length).toBeGreaterThan(5);
    expect(found.flatMap((one) => one.items)).toEqual(chain);
    for (const [index, one] of found.slice(1).entries()) expect(one.left - (found[index]?.left ?? 0)).toBeGreaterThanOrEqual(32);
  });
});

describe("event markers", () => {
  const crosstalk = (startMs: number, endMs: number, role: "AGENT" | "CONSUMER" = "AGENT") =>
    ({ type: "CROSSTALK", startMs, endMs, role }) as const;

  it("closer than 40 px are one, with their count and sum", () => {
    const events = [crosstalk(10_000, 13_100), crosstalk(13_900, 16_900), crosstalk(60_000, 62_100, "CONSUMER")];
    const markers = eventMarkers(events, scale());
    expect(markers.map((one) => one.label)).toEqual(["2 × C 6.1s", "C 2.1s"]);
    expect(eventMarkers(events, scale({ fromMs: 9_000, toMs: 19_000 })).map((one) => one.label)).toEqual(["C 3.1s", "C 3.0s"]);
  });

  it("never overlap", () => {
    const events = Array.from({ length: 60 }, (_, index) => crosstalk(index * 1_600, index * 1_600 + 900));
    const markers = eventMarkers(events, scale());
    for (const [index, one] of markers.slice(1).entries()) expect(one.left).toBeGreaterThanOrEqual((markers[index]?.right ?? 0) + 2);
    expect(markers.flatMap((one) => one.items)).toHaveLength(60);
  });

  it("a hold has its true width", () => {
    const [hold] = eventMarkers([{ type: "HOLD", startMs: 40_000, endMs: 60_000, role: null }], scale());
    expect(hold).toMatchObject({ left: 400, right: 600, label: "H 20.0s" });
  });

  it("stays inside the track at its ends", () => {
    const [first] = eventMarkers([crosstalk(0, 100)], scale());
    expect(first?.left).toBe(0);
  });

  it("are named for ears and eyes", () => {
    const two = [crosstalk(0, 3_000), crosstalk(5_000, 10_200, "CONSUMER")];
    expect(eventsTitle(two)).toBe("2 crosstalks");
    expect(eventsNote(two)).toBe("8.2 s in total, the agent began 1 of them");
    expect(eventsNote([crosstalk(0, 3_100)])).toBe("3.1 s, begun by the agent");
    const mixed = [...two, { type: "HOLD", startMs: 20_000, endMs: 92_000, role: null } as const];
    expect(eventsTitle(mixed)).toBe("3 events");
    expect(eventsNote(mixed)).toBe("1 min 20 s in total");
    expect(markerLabel(mixed, true)).toBe("3CH");
    expect(shortSpan(72_000)).toBe("1:12");
  });
});

describe("marks", () => {
  it("too close to press become one count", () => {
    const list = highlights(analysis, segments);
    const wide = markGroups(list, scale({ durationMs: 30_000, toMs: 30_000 }), 24);
    expect(wide.map((group) => group.items.length)).toEqual([1, 1, 1, 1]);
    const narrow = markGroups(list, scale({ durationMs: 30_000, toMs: 30_000, width: 200 }), 24);
    expect(narrow.map((group) => group.items.length)).toEqual([2, 1, 1]);
  });
});

describe("lanes", () => {
  it("close short pauses and hold one role alone", () => {
    const spoken = {
      ...segments,
      roles: segments.roles.map(() => "AGENT" as const),
      startsMs: [0, 1_100, 5_000, 9_000, 12_000],
      endsMs: [1_000, 2_000, 6_000, 9_500, 13_000],
    };
    expect(speechOf(spoken, "AGENT")[0]).toEqual({ startMs: 0, endMs: 2_000 });
    expect(speechOf(segments, "CONSUMER")).toHaveLength(2);
    expect(speechOf(segments, "OTHER")).toEqual([]);
  });

  it("draw nothing outside the view", () => {
    expect(lanePath([{ startMs: 0, endMs: 10 }], scale({ fromMs: 50_000 }))).toBe("");
    expect(lanePath([{ startMs: 0, endMs: 10_000 }], scale())).toMatch(/^M2 3h96/);
  });
});
