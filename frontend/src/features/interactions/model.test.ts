import { describe, expect, it } from "vitest";
import { interaction } from "@/lib/testing/render";
import { fitChips, fitColumns, isShown, template, toggleColumn, widthOf } from "./columns";
import { clearedFilters, type Facets, valueText } from "./filters";
import { dayNames, toItems } from "./items";
import { clause, rowState, stages } from "./stages";

const facets: Facets = {
  agents: [{ id: "a1", name: "Priya Nair" }],
  teams: [],
  queues: [{ id: "q1", name: "Billing" }],
  languages: ["de"],
  indicators: [],
  topics: [],
};

describe("valueText", () => {
  it.each([
    ["queue", "q1,q2,q3", "Billing +2"],
    ["agent", "a1", "Priya Nair"],
    ["agent", "gone", "…"],
    ["language", "de", "German"],
    ["channel", "VIDEO", "Video"],
    ["status", "NOT_ANALYSED", "Not analysed"],
    ["date", "7d", "Last 7 days"],
    ["date", "2026-11-01..2026-11-24", "1 Nov – 24 Nov"],
    ["date", "2026-11-01..2026-11-01", "1 Nov"],
    ["date", "2025-11-01..", "from 1 Nov 2025"],
    ["date", "..2026-11-01", "up to 1 Nov"],
    ["duration", "3..", "from 3 min"],
    ["duration", "3..10", "3 to 10 min"],
    ["sentiment", "..40", "up to 40"],
  ] as const)("%s %s reads %s", (name, value, text) => {
    expect(valueText(name, value, facets, "2026-11-24")).toBe(text);
  });
  it("clearing keeps order and columns", () => {
    expect(clearedFilters({ agent: "a", q: "x", sort: "longest", hide: "queue" })).toEqual({ sort: "longest", hide: "queue" });
  });
});

describe("stages", () => {
  it("has one current stage with its share, done ones before it", () => {
    const states = stages("TRANSCRIBING", 62).map((stage) => [stage.state, stage.percent]);
    expect(states).toEqual([
      ["done", null],
      ["done", null],
      ["current", 62],
      ["waiting", null],
      ["waiting", null],
    ]);
  });
  it("all are done at the end, none where it failed", () => {
    expect(stages("DONE", null).every((stage) => stage.state === "done")).toBe(true);
    expect(stages("FAILED", null).every((stage) => stage.state === "waiting")).toBe(true);
  });
  it("a row says what stands in the place of its scores", () => {
    const at = (status: "QUEUED" | "FAILED" | "NOT_ANALYSED" | "DONE", withoutWords = false) => {
      const row = interaction();
      return rowState({ progress: { ...row.progress, status }, withoutWords });
    };
    expect([at("QUEUED"), at("FAILED"), at("NOT_ANALYSED"), at("DONE"), at("DONE", true)]).toEqual([
      "running",
      "failed",
      "not-analysed",
      "scored",
      "without-words",
    ]);
  });
  it("a sentence goes on after a colon", () => {
    expect(clause("The conversation is end-to-end encrypted.")).toBe("the conversation is end-to-end encrypted");
    expect(clause("NeMo is not installed.")).toBe("NeMo is not installed");
  });
});

describe("items", () => {
  const rows = [
    interaction({ id: "1", day: "2026-11-24" }),
    interaction({ id: "2", day: "2026-11-24" }),
    interaction({ id: "3", day: "2026-11-23" }),
  ];
  it("puts a header before each day", () => {
    expect(toItems(rows, true).map((item) => (item.kind === "day" ? item.day : item.index))).toEqual(["2026-11-24", 0, 1, "2026-11-23", 2]);
  });
  it("has no headers in another order", () => {
    expect(toItems(rows, false)).toHaveLength(3);
  });
  it("names the near days", () => {
    expect(dayNames("2026-11-24", "2026-11-24")).toEqual({ name: "Today", date: "Tuesday 24 November" });
    expect(dayNames("2026-11-23", "2026-11-24").name).toBe("Yesterday");
    expect(dayNames("2025-11-22", "2026-11-24")).toEqual({ name: null, date: "Saturday 22 November 2025" });
  });
});

describe("columns", () => {
  const names = (width: number, hide?: string) => fitColumns(width, hide).map((column) => column.name);
  it("shows all but team where there is room", () => {
    expect(names(1400)).toHaveLength(12);
    expect(names(1400, "+team")).toContain("team");
    expect(names(1400, "queue")).not.toContain("queue");
  });
  it("gives up the least important first and never the scores", () => {
    expect(names(900)).not.toContain("indicators");
    expect(names(300)).toEqual(["number", "agent", "time", "engagement", "sentiment"]);
  });
  it("never takes more than there is", () => {
    for (let width = 500; width < 2000; width += 7) {
      const shown = fitColumns(width, undefined);
      expect(shown.reduce((sum, column) => sum + column.width, 0)).toBeLessThanOrEqual(width);
      expect(widthOf("topics", shown, width)).toBeLessThan(width);
    }
  });
  it("has room for the date where times are shown with it", () => {
    expect(fitColumns(1400, undefined, true).find((column) => column.name === "time")?.width).toBe(104);
  });
  it("toggles there and back", () => {
    expect(toggleColumn("queue", undefined)).toBe("queue");
    expect(toggleColumn("queue", "queue")).toBe("");
    expect(isShown("team", toggleColumn("team", ""))).toBe(true);
  });
  it("is a grid template", () => {
    expect(template(fitColumns(300, undefined))).toBe("84px minmax(144px, 0.8fr) 52px 92px 108px");
  });
  it("fits chips, at least one, with room for the rest's count", () => {
    expect(fitChips(["Pricing", "Legal"], 300)).toBe(2);
    expect(fitChips(["Pricing", "Legal", "Security"], 130)).toBe(1);
    expect(fitChips(["A very long topic that does not fit"], 50)).toBe(1);
    expect(fitChips([], 50)).toBe(0);
  });
});
