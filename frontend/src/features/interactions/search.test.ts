import { describe, expect, it } from "vitest";
import { formatRange, isFiltered, parseDate, parseListSearch, parseRange, sortNames, sortOn, toFilter, toSort } from "./search";

describe("parseListSearch", () => {
  it("keeps what it understands, in one spelling", () => {
    const raw = { agent: "a,b,a", date: "7d", duration: "3..", engagement: "60..100", q: " refund ", sort: "longest", hide: "queue" };
    expect(parseListSearch(raw)).toEqual({
      agent: "a,b",
      date: "7d",
      duration: "3..",
      engagement: "60..100",
      q: "refund",
      sort: "longest",
      hide: "queue",
    });
  });

  it.each([
    { date: "someday" },
    { date: "2026-13-01..2026-13-02" },
    { date: "2026-11-24..2026-11-01" },
    { duration: "abc" },
    { duration: ".." },
    { engagement: "101.." },
    { sentiment: "60..40" },
    { channel: "FAX" },
    { status: "done" },
    { sort: "newest" },
    { sort: "backwards" },
    { q: "  " },
    { agent: 5 },
    { unknown: "x" },
  ])("drops $0", (raw) => {
    expect(parseListSearch(raw)).toEqual({});
  });

  it("reads its own output the same again", () => {
    const search = parseListSearch({ team: "t", status: "DONE,FAILED", date: "..2026-11-24", sentiment: "..40", sort: "negative" });
    expect(parseListSearch({ ...search })).toEqual(search);
  });
});

describe("ranges", () => {
  it.each(["3..", "..40", "60..100", "1.5..2", "0..0"])("%s survives reading and writing", (text) => {
    expect(formatRange(parseRange(text, 100))).toBe(text);
  });
  it("nothing is written as nothing", () => {
    expect(formatRange(null)).toBe("");
  });
});

describe("parseDate", () => {
  it.each([
    ["today", { from: "2026-11-24", to: "2026-11-24" }],
    ["yesterday", { from: "2026-11-23", to: "2026-11-23" }],
    ["7d", { from: "2026-11-18", to: "2026-11-24" }],
    ["30d", { from: "2026-10-26", to: "2026-11-24" }],
    ["2026-11-01..", { from: "2026-11-01", to: null }],
    ["..2026-11-01", { from: null, to: "2026-11-01" }],
    ["..", null],
  ])("%s", (text, days) => {
    expect(parseDate(text, "2026-11-24")).toEqual(days);
  });
});

describe("toFilter", () => {
  it("is empty without filters", () => {
    expect(toFilter({}, "2026-11-24")).toEqual({});
    expect(isFiltered({ sort: "longest", hide: "queue" })).toBe(false);
  });

  it("asks for all of what the address says, minutes as milliseconds", () => {
    const search = parseListSearch({
      agent: "a1,a2",
      team: "t",
      queue: "q",
      channel: "VIDEO",
      direction: "INBOUND",
      language: "de,en",
      status: "FAILED",
      indicator: "i",
      topic: "o",
      date: "7d",
      duration: "1.5..20",
      engagement: "..40",
      sentiment: "60..",
      q: "refund now",
    });
    expect(toFilter(search, "2026-11-24")).toEqual({
      agents: ["a1", "a2"],
      teams: ["t"],
      queues: ["q"],
      channels: ["VIDEO"],
      directions: ["INBOUND"],
      languages: ["de", "en"],
      statuses: ["FAILED"],
      indicators: ["i"],
      topics: ["o"],
      from: "2026-11-18",
      to: "2026-11-24",
      durationMs: { min: 90_000, max: 1_200_000 },
      engagementScore: { max: 40 },
      sentimentScore: { min: 60 },
      text: "refund now",
    });
    expect(isFiltered(search)).toBe(true);
  });
});

describe("sort", () => {
  it("every name is a field and a direction of its own", () => {
    expect(new Set(sortNames.map((sort) => JSON.stringify(toSort({ sort })))).size).toBe(sortNames.length);
    expect(toSort({})).toEqual({ field: "STARTED_AT", direction: "DESC" });
  });
  it("a column head sorts, then turns the order", () => {
    expect(sortOn("DURATION", "newest")).toBe("longest");
    expect(sortOn("DURATION", "longest")).toBe("shortest");
    expect(sortOn("DURATION", "shortest")).toBe("longest");
    expect(sortOn("STARTED_AT", "newest")).toBe("oldest");
  });
});
