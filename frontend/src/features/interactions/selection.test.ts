import { describe, expect, it } from "vitest";
import { countOf, coverage, isChosen, isEmpty, nothing, type Selection, tick, tickLoaded } from "./selection";

const order = ["a", "b", "c", "d", "e"];
const ids = (selection: Selection) => [...selection.ids].sort().join("");
const on = (selection: Selection, id: string, range = false) => tick(selection, order, { id, on: true, range });
const off = (selection: Selection, id: string, range = false) => tick(selection, order, { id, on: false, range });

describe("a selection", () => {
  it("takes one and leaves it", () => {
    const one = on(nothing, "b");
    expect([ids(one), isChosen(one, "b"), isChosen(one, "a"), isEmpty(one)]).toEqual(["b", true, false, false]);
    expect(isEmpty(off(one, "b"))).toBe(true);
  });

  it("takes a range in either direction, from the one that was ticked last", () => {
    expect(ids(on(on(nothing, "b"), "d", true))).toBe("bcd");
    expect(ids(on(on(nothing, "d"), "b", true))).toBe("bcd");
    expect(ids(off(on(on(nothing, "a"), "e", true), "c", true))).toBe("ab");
  });

  it("takes only the one where the range has no beginning, or one that is not loaded any more", () => {
    expect(ids(on(nothing, "d", true))).toBe("d");
    expect(ids(on(on(nothing, "gone"), "d", true))).toBe("dgone");
  });

  it("keeps what it has beside what is loaded", () => {
    const kept = tick(nothing, ["z"], { id: "z", on: true, range: false });
    const all = tickLoaded(kept, order, true);
    expect([ids(all), coverage(all, order)]).toEqual(["abcdez", "all"]);
    expect(coverage(kept, order)).toBe("some");
    expect(coverage(tickLoaded(all, order, false), order)).toBe("none");
  });

  it("of all that match, one that is left leaves what is loaded without it", () => {
    const all: Selection = { ...nothing, all: true };
    expect([countOf(all, 12_486), coverage(all, order), isChosen(all, "never loaded")]).toEqual([12_486, "all", true]);
    const less = off(all, "c");
    expect([ids(less), countOf(less, 12_486), coverage(less, order)]).toEqual(["abde", 4, "some"]);
  });

  it("of an empty list is of nothing", () => {
    expect(coverage({ ...nothing, all: true }, [])).toBe("some");
    expect(coverage(nothing, [])).toBe("none");
  });
});
