import { expect, it } from "vitest";
import { found, memberPageSize, parseTeamSearch, toMembers, withAgent, withTeam } from "./search";

it("keeps text, and nothing else", () => {
  expect(parseTeamSearch({ team: "t1", q: " bill ", x: "y" })).toEqual({ team: "t1", q: "bill" });
  expect(parseTeamSearch({ team: 1, q: "  " })).toEqual({});
});

it("starts a page or ends it, and never both", () => {
  expect(parseTeamSearch({ team: "t1", after: "a", before: "b" })).toEqual({ team: "t1", after: "a" });
  expect(toMembers("t1", { agent: "nair", after: "a" })).toEqual({ team: "t1", text: "nair", first: memberPageSize, after: "a" });
  expect(toMembers("t1", { before: "b" })).toEqual({ team: "t1", last: memberPageSize, before: "b" });
});

it("leaves the page with another text, and the text with another team", () => {
  const search = { q: "bill", team: "t1", agent: "nair", after: "a" };
  expect(withAgent(search, "t1", "okafor")).toEqual({ q: "bill", team: "t1", agent: "okafor" });
  expect(withTeam(search, "t2")).toEqual({ q: "bill", team: "t2" });
  expect(withTeam(search, undefined)).toEqual({ q: "bill" });
});

it("finds teams by their name and by who supervises them", () => {
  const teams = [
    { name: "Billing", supervisors: [{ name: "Priya Nair" }] },
    { name: "Retention", supervisors: [] },
  ];
  expect(found(teams, "BILL").map((team) => team.name)).toEqual(["Billing"]);
  expect(found(teams, "nair").map((team) => team.name)).toEqual(["Billing"]);
  expect(found(teams, undefined)).toHaveLength(2);
});
