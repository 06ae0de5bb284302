import { expect, it } from "vitest";
import { exportAddress, isFiltered, parseAuditSearch, toFilter } from "./search";

it("reads what an address may hold, and drops what it may not", () => {
  expect(parseAuditSearch({ q: " silence ", action: "settings.change", from: "2026-11-24", to: "2026-02-30", page: "2" })).toEqual({
    q: "silence",
    action: "settings.change",
    from: "2026-11-24",
  });
  expect(parseAuditSearch({ q: "", actor: ["x"] })).toEqual({});
});

it("asks for whole days of the account's zone, the last included", () => {
  expect(toFilter({ from: "2026-11-24", to: "2026-11-24", q: "seat" }, "Europe/Berlin")).toEqual({
    text: "seat",
    from: "2026-11-23T23:00:00.000Z",
    to: "2026-11-24T23:00:00.000Z",
  });
  expect(toFilter({}, "Europe/Berlin")).toEqual({});
});

it("exports what is shown", () => {
  expect(exportAddress("csv", {}, "UTC")).toBe("/account/audit.csv");
  expect(exportAddress("jsonl", { type: "User", q: "a & b" }, "UTC")).toBe("/account/audit.jsonl?text=a+%26+b&objectType=User");
});

it("knows whether anything is filtered", () => {
  expect(isFiltered({})).toBe(false);
  expect(isFiltered({ actor: "u1" })).toBe(true);
});
