import { describe, expect, it } from "vitest";
import { eventWord, isRunning, stages } from "./model/progress";
import { settingRows } from "./model/settings";
import { neighboursOf } from "./neighbours";
import { agentRows, ratio } from "./panel/AgentSummary";
import { changesPerMinute } from "./panel/ScoreCards";
import { parseDetailSearch, toSeconds } from "./search";
import { analysis } from "./testing/sample";

describe("the address", () => {
  it("holds a moment, a tab and a query, and nothing else", () => {
    expect(parseDetailSearch({ t: "95.2", tab: "details", q: "refund", x: "1" })).toEqual({ t: 95.2, tab: "details", q: "refund" });
    expect(parseDetailSearch({ t: "-1", tab: "performance", q: "" })).toEqual({});
    expect(parseDetailSearch({ t: "soon" })).toEqual({});
    expect(parseDetailSearch({ t: "" })).toEqual({});
    expect(toSeconds(95_234.6)).toBe(95.235);
  });
});

describe("neighbours", () => {
  const list = { ids: ["a", "b", "c"], total: 3_000 };

  it("are those of the list that the reader came from", () => {
    expect(neighboursOf("b", list, [])).toEqual({ previous: "a", next: "c", place: 2, total: 3_000 });
    expect(neighboursOf("c", list, []).next).toBeNull();
  });

  it("are those of the engagement for whoever came by a link", () => {
    expect(neighboursOf("x", list, [{ id: "w" }, { id: "x" }])).toEqual({ previous: "w", next: null, place: null, total: null });
    expect(neighboursOf("x", { ids: [], total: null }, [])).toEqual({ previous: null, next: null, place: null, total: null });
  });
});

describe("stages", () => {
  it("stand in the order of the pipeline", () => {
    expect(stages("TRANSCRIBING").map((stage) => stage.state)).toEqual(["done", "done", "current", "waiting", "waiting"]);
    expect(isRunning("QUEUED")).toBe(true);
    expect(isRunning("FAILED")).toBe(false);
    expect(eventWord("role_assigned")).toBe("Speaker named");
    expect(eventWord("something_new")).toBe("Something new");
  });
});

describe("settings", () => {
  it("are any JSON, with units where the name tells them", () => {
    const rows = settingRows({ silence_ms: 5000, engagement: { balance_weight: 0.4 }, categories: [1, 2], on: true, none: null });
    expect(rows).toEqual([
      { name: "Silence", value: "5 s" },
      { name: "Engagement: balance weight", value: "0.4" },
      { name: "Categories", value: "2" },
      { name: "On", value: "true" },
    ]);
    expect(settingRows("nothing")).toEqual([]);
  });
});

describe("figures of the agent", () => {
  it("give the two shares of the talking and the share of the time, each by its name", () => {
    const [talk, time] = agentRows(analysis);
    expect(talk?.value).toBe("62 : 38");
    expect(time).toMatchObject({ of: "INTERACTION_SHARE", value: "33%" });
    expect(ratio(100, 0)).toBe("100 : 0");
  });

  it("have a reason where there is none", () => {
    const rows = agentRows(analysis);
    const fillers = rows.find((row) => row.of === "FILLERS_PER_MIN");
    expect(fillers?.value).toBeNull();
    expect(fillers?.why?.reason).toContain("leaves fillers out");
    const mute = {
      ...analysis.agent,
      talkMs: 0,
      talkSharePct: null,
      interactionSharePct: null,
      longestSpielMs: null,
      wordsPerMin: null,
      patienceMs: null,
    };
    for (const row of agentRows({ ...analysis, agent: mute, skipped: [] })) {
      expect(row.value).toBeNull();
      expect(row.fallback).not.toBe("");
    }
  });

  it("count speaker changes a minute of speech", () => {
    expect(changesPerMinute(30, 180_000)).toBe(10);
    expect(changesPerMinute(3, 0)).toBe(0);
  });
});
