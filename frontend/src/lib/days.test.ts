import { describe, expect, it } from "vitest";
import { instantOf, isDay, startOfDay } from "./days";

describe("startOfDay", () => {
  it.each([
    ["2026-11-24", "UTC", "2026-11-24T00:00:00.000Z"],
    ["2026-11-24", "Europe/Berlin", "2026-11-23T23:00:00.000Z"],
    ["2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
    ["2026-11-24", "America/Los_Angeles", "2026-11-24T08:00:00.000Z"],
    ["2026-11-24", "Asia/Kolkata", "2026-11-23T18:30:00.000Z"],
    // The days on which the clocks change begin before they do.
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
    ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
  ])("%s in %s begins at %s", (day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(instant);
  });
});

it.each(["2026-02-28", "2024-02-29"])("%s is a day", (text) => expect(isDay(text)).toBe(true));
it.each(["", "2026-02-30", "2026-2-1", "yesterday", "2026-13-01"])("%s is no day", (text) => expect(isDay(text)).toBe(false));

it("reads a clock of the zone", () => {
  expect(instantOf("2026-07-01T14:02", "Europe/Berlin")).toBe("2026-07-01T12:02:00.000Z");
  expect(instantOf("2014-07-17T01:01:48", "UTC")).toBe("2014-07-17T01:01:48.000Z");
});
