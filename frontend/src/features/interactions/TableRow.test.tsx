import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { interaction, renderRouted, silentClient } from "@/lib/testing/render";
import type { InteractionRowFragment } from "./__generated__";
import { fitColumns } from "./columns";
import { TableRow } from "./TableRow";

async function show(change: Partial<InteractionRowFragment>, client = silentClient()) {
  const fixed = {
    index: 0,
    columns: fitColumns(1300, undefined),
    topicsWidth: 150,
    dated: false,
    isCursor: false,
    isTabStop: true,
    takeFocus: () => false,
    onCursor: () => {},
    checked: null,
    onTick: () => {},
  };
  return renderRouted(<TableRow row={interaction(change)} {...fixed} />, client);
}

const progress = (change: Partial<InteractionRowFragment["progress"]>) => ({ ...interaction().progress, ...change });

describe("a row of the list", () => {
  it("leads to its interaction and says its scores in words", async () => {
    await show({ topics: [{ kind: "TOPIC", id: "o1", name: "Pricing", count: 2 }], indicatorMentions: 7 });
    expect(screen.getByRole("link", { name: /104 218/ }).getAttribute("href")).toBe("/interactions/i1");
    expect(screen.getByText("Priya Nair")).toBeDefined();
    expect(screen.getByText("14:02")).toBeDefined();
    expect(screen.getByText("12:38")).toBeDefined();
    expect(screen.getByText("Engagement score").parentElement?.textContent).toBe("Engagement score 71");
    expect(screen.getByText("−")).toBeDefined();
    expect(screen.getByText("Pricing")).toBeDefined();
  });

  it("shows the stages in the place of the scores while it runs", async () => {
    await show({ progress: progress({ status: "TRANSCRIBING", percent: 62 }), engagementScore: null, sentimentScore: null });
    expect(screen.getByRole("list", { name: "Progress" }).children).toHaveLength(5);
    expect(screen.getByText("Transcribing").closest("li")?.getAttribute("aria-current")).toBe("step");
    expect(screen.getByText("62%")).toBeDefined();
    expect(screen.queryByText("Engagement score")).toBeNull();
  });

  it("says why it failed and starts it again", async () => {
    const client = silentClient({
      retryAnalysis: { __typename: "AnalysisOff", code: "analysis_off", message: "Analysis is switched off." },
    });
    await show({ progress: progress({ status: "FAILED", reason: "Unexpected end of file." }), viewerCan: { retry: true } }, client);
    expect(screen.getByText(/Unexpected end of file/)).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Retry interaction 104218" }));
    expect(await screen.findByText("Analysis is switched off.")).toBeDefined();
  });

  it("offers no retry to those who may not", async () => {
    await show({ progress: progress({ status: "FAILED", reason: "Unexpected end of file." }) });
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("says why it is not analysed", async () => {
    await show({ progress: progress({ status: "NOT_ANALYSED", reason: "The conversation is end-to-end encrypted." }) });
    expect(screen.getByText("Not analysed: the conversation is end-to-end encrypted")).toBeDefined();
  });

  it("says that it has no words", async () => {
    await show({ withoutWords: true, sentimentScore: null });
    expect(screen.getByText("Without words")).toBeDefined();
    expect(screen.getByText("71")).toBeDefined();
  });

  it("opens the topics that do not fit", async () => {
    const topics = ["Pricing", "Legal matters", "Security", "Hardware"].map((name) => ({
      kind: "TOPIC" as const,
      id: name,
      name,
      count: 1,
    }));
    await show({ topics });
    expect(screen.queryByText(/Hardware/)).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /more topics/ }));
    expect(screen.getByRole("dialog", { name: "All topics" }).textContent).toContain("Hardware");
  });

  it("tells in full what is cut off", async () => {
    await show({ queue: { id: "q1", name: "Quillfone Second Line" } });
    vi.spyOn(HTMLElement.prototype, "scrollWidth", "get").mockImplementation(function (this: HTMLElement) {
      return this.textContent === "Quillfone Second Line" ? 150 : 0;
    });
    await userEvent.hover(screen.getByRole("link", { name: /104 218/ }));
    expect(screen.getByRole("row").title).toBe("Quillfone Second Line");
    vi.restoreAllMocks();
  });

  it("names what is missing", async () => {
    await show({ agent: null, consumer: null, queue: null, durationMs: null, language: null });
    for (const text of ["No agent", "Not given", "No queue", "None"]) expect(screen.getByText(text)).toBeDefined();
  });
});
