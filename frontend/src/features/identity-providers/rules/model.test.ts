import { describe, expect, it } from "vitest";
import type { MappingTarget } from "../__generated__";
import { added, draftsOf, faultsOf, inputOf, moveTo, placeOf, type RuleDraft, refused, ruleSentence, sameRules } from "./model";

const rule = (key: string, target: MappingTarget, change: Partial<RuleDraft> = {}): RuleDraft => ({
  key,
  target,
  attribute: "groups",
  op: "EXACT",
  value: key,
  gives: ["qm"],
  none: false,
  ...change,
});
const keys = (drafts: readonly RuleDraft[]) => drafts.map((draft) => draft.key).join("");
const drafts = [rule("a", "LICENCE"), rule("b", "LICENCE"), rule("c", "LICENCE"), rule("x", "ROLE"), rule("t", "TEAM")];

describe("the order of rules", () => {
  it("is by target, then by place", () => {
    const rules = ["t:TEAM:0", "b:LICENCE:1", "a:LICENCE:0", "x:ROLE:0"].map((text) => {
      const [id = "", target, place] = text.split(":");
      return { ...rule(id, target as MappingTarget), id, place: Number(place) };
    });
    expect(keys(draftsOf(rules))).toBe("abxt");
  });

  it.each([
    ["a", 1, "bacxt"],
    ["a", 9, "bcaxt"],
    ["c", -3, "cabxt"],
    ["x", 2, "abcxt"],
    ["?", 0, "abcxt"],
  ])("%s to place %i gives %s", (key, place, order) => {
    expect(keys(moveTo(drafts, key, place))).toBe(order);
  });

  it("counts places within the target", () => {
    expect(placeOf(drafts, "c")).toBe(2);
    expect(placeOf(drafts, "x")).toBe(0);
  });
});

it("adds a rule at the end of its target, about the same attribute", () => {
  const next = added(drafts, "LICENCE", "n", "memberOf");
  expect(keys(next)).toBe("abcnxt");
  expect(next[3]).toMatchObject({ attribute: "groups", value: "", gives: [] });
  expect(added([], "TEAM", "n", "memberOf")[0]?.attribute).toBe("memberOf");
});

it("sends what is meant: trimmed, and nothing given where a match blocks", () => {
  expect(inputOf([rule("a", "ROLE", { value: " x ", none: true })])).toEqual([
    { target: "ROLE", attribute: "groups", op: "EXACT", value: "x", gives: [], none: true },
  ]);
  expect(sameRules(drafts, moveTo(drafts, "a", 0))).toBe(true);
  expect(sameRules(drafts, moveTo(drafts, "a", 1))).toBe(false);
});

it("finds the rule that the server refused", () => {
  expect(refused(drafts, "/input/rules/3/value")).toEqual({ key: "x", part: "value" });
  expect(refused(drafts, "/input/rules/0/gives/1")).toEqual({ key: "a", part: "gives" });
  expect(refused(drafts, "/input/rules/7/value")).toBeNull();
  expect(refused(drafts, "/input/providerId")).toBeNull();
});

it("says what is missing", () => {
  expect(faultsOf(rule("a", "TEAM"))).toEqual({});
  expect(Object.keys(faultsOf(rule("a", "TEAM", { attribute: " ", value: "", gives: [] })))).toEqual(["attribute", "value", "gives"]);
  expect(faultsOf(rule("a", "TEAM", { gives: [], none: true }))).toEqual({});
});

it("reads as a sentence", () => {
  expect(ruleSentence(rule("a", "ROLE", { op: "CONTAINS", gives: ["agent", "evaluator"] }))).toBe("groups contains “a” → agent, evaluator");
  expect(ruleSentence(rule("a", "ROLE", { none: true }))).toBe("groups is “a” → nothing");
});
