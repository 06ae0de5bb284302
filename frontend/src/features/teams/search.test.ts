import { expect, it } from "vitest";
import { found, parseTeamSearch } from "./search";

it("keeps text, and nothing else", () => {
  expect(parseTeamSearch({ team: "t1", q: " bill ", x: "y" })).toEqual({ team: "t1", q: "bill" });
  expect(parseTeamSearch({ team: 1, q: "  " })).toEqual({});
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
