import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { withoutLayout } from "./testing/no-layout";
import { media, show } from "./testing/page";
import { analysis, interaction, transcript } from "./testing/sample";

const clockText = () => screen.getByLabelText("Seek").getAttribute("aria-valuetext");
const setUpUser = () => userEvent.setup({ pointerEventsCheck: 0 });

describe("the interaction page", () => {
  withoutLayout();

  it("opens at the moment of its address, with its words, its events and its figures", async () => {
    await show(() => interaction({ media }), "/interactions/i1?t=5.5");
    expect(await screen.findByRole("heading", { name: "Priya Nair with Daniel Okafor" })).toBeDefined();
    expect(clockText()).toBe("5 s of 30 s");
    const lines = within(screen.getByRole("list", { name: "Transcript" }));
    expect(lines.getByText("want", { exact: false }).closest("mark")?.title).toBe("Indicator Cancellation");
    expect(lines.getByText("Hold")).toBeDefined();
    expect(screen.getByText("62 : 38")).toBeDefined();
    expect(screen.getByText("The engine webvtt leaves fillers out of its transcripts.")).toBeDefined();
  });

  it("steps through highlights by key and by call-out", async () => {
    const user = setUpUser();
    await show(() => interaction({ media }));
    await user.click(await screen.findByRole("button", { name: /Cancellation 1$/ }));
    expect(clockText()).toBe("5 s of 30 s");
    await user.click(screen.getByRole("button", { name: /Cancellation$/ }));
    await user.keyboard("n");
    expect(clockText()).toBe("6 s of 30 s");
    await user.keyboard("p");
    expect(clockText()).toBe("5 s of 30 s");
  });

  it("hides a kind of highlight everywhere", async () => {
    const user = setUpUser();
    await show(() => interaction({ media }));
    const [toggle] = await screen.findAllByRole("button", { name: /Indicators? 1/, pressed: true });
    await user.click(toggle as HTMLElement);
    expect(screen.queryByTitle("Indicator Cancellation")).toBeNull();
    expect(screen.getByTitle("Topic Pricing")).toBeDefined();
  });

  it("searches in the call, and keeps the query in the address", async () => {
    const user = setUpUser();
    const { router } = await show(() => interaction({ media }));
    await user.type(await screen.findByRole("searchbox"), "charge");
    expect(await screen.findByText("1 of 2")).toBeDefined();
    expect(router.state.location.search).toEqual({ q: "charge" });
    await user.keyboard("{Enter}{Enter}");
    expect(screen.getByText("2 of 2")).toBeDefined();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(router.state.location.search).toEqual({}));
  });

  it("opens a change of sentiment in the card, with its passage", async () => {
    const user = setUpUser();
    await show(() => interaction({ media }));
    await user.click(await screen.findByRole("button", { name: "Neutral to Negative at 00:03" }));
    expect(await screen.findByText("00:03 to 00:22")).toBeDefined();
    expect(screen.getByRole("button", { name: "Play 19 s" })).toBeDefined();
    await user.click(screen.getByRole("link", { name: "Passage" }));
    expect(clockText()).toBe("3 s of 30 s");
  });

  it("shows how a figure came about, and goes to a passage of it", async () => {
    const user = setUpUser();
    await show(() => interaction({ media }));
    await user.click(await screen.findByRole("button", { name: "How Engagement score came about" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Engagement score" }));
    expect(await dialog.findByText("100 × (0.4 × 0.88 + …) = 71")).toBeDefined();
    await user.click(dialog.getByRole("link", { name: "Go to 00:20" }));
    expect(clockText()).toBe("20 s of 30 s");
  });

  it("lists the facts, and shows a refusal beside the speaker", async () => {
    const user = setUpUser();
    const { router, asked } = await show(() => interaction({ media }));
    await user.click(await screen.findByRole("tab", { name: "Details" }));
    expect(router.state.location.search).toEqual({ tab: "details" });
    expect(await screen.findByText("consumer · Inferred from what was said, 87% sure")).toBeDefined();
    await user.click(screen.getByRole("button", { name: /Role of Daniel Okafor/ }));
    await user.click(await screen.findByRole("option", { name: "Agent", hidden: false }));
    expect(await screen.findByText("You may not name speakers.")).toBeDefined();
    expect(asked).toEqual([{ input: { interactionId: "i1", speaker: "consumer", role: "AGENT" } }]);
  });

  it("says how surely the language was detected", async () => {
    await show(() => interaction({ media, language: "de", languageSource: "detected" }), "/interactions/i1?tab=details");
    expect(await screen.findByText("German (detected, 93% sure)", { selector: "p" })).toBeDefined();
  });

  it("lets a person say the language where it could not be told, and shows a refusal beside it", async () => {
    const user = setUpUser();
    const { asked } = await show(() => interaction({ media, language: null, languageSource: "uncertain" }), "/interactions/i1?tab=details");
    expect(await screen.findByText("Not known")).toBeDefined();
    await user.click(await screen.findByRole("button", { name: /Language of the conversation/ }));
    await user.click(await screen.findByRole("option", { name: "German", hidden: false }));
    expect(await screen.findByText("It is being worked on.")).toBeDefined();
    expect(asked).toEqual([{ input: { interactionId: "i1", language: "de" } }]);
  });

  it("says what is missing without words, and never shows 0 for it", async () => {
    const silent = { ...analysis, sentimentScore: null, summary: null, mentions: [], topics: [], nextSteps: [], goodQuestions: [] };
    const skipped = [{ feature: "sentiment", reason: "the words are unknown", remedy: null }];
    const activity = {
      ...transcript,
      source: "activity",
      segments: { ...transcript.segments, texts: transcript.segments.texts.map(() => null) },
    };
    await show(() => interaction({ media, withoutWords: true, transcript: activity, analysis: { ...silent, skipped } }));
    expect(await screen.findByText("Analysed without words")).toBeDefined();
    expect(await screen.findByText("make demo SPEECH=1")).toBeDefined();
    expect(screen.getByRole("button", { name: "Spoke for 3.4 s" })).toBeDefined();
    expect(screen.getAllByText("The words are unknown.").length).toBeGreaterThan(0);
    expect(screen.queryByRole("region", { name: "Sentiment over time" })).toBeNull();
  });

  it("says what the viewer's roles withhold", async () => {
    const silent = { ...transcript, segments: { ...transcript.segments, texts: transcript.segments.texts.map(() => null) } };
    const viewerCan = { ...interaction().viewerCan, play: false, readTranscript: false };
    await show(() => interaction({ media: null, transcript: silent, viewerCan }));
    expect(await screen.findByText("Your roles let you see this interaction, and not hear it.")).toBeDefined();
    expect(screen.getByText("Your roles do not let you read what was said")).toBeDefined();
    expect(screen.getByRole("button", { name: "Spoke for 3.4 s" })).toBeDefined();
  });

  it("follows the pipeline, and loads what each stage leaves", async () => {
    let now = interaction({
      progress: { ...interaction().progress, status: "TRANSCRIBING", percent: 40 },
      transcript: null,
      analysis: null,
    });
    const { news } = await show(() => now);
    expect(await screen.findByText("40%")).toBeDefined();
    now = interaction({ media });
    act(() => news.next({ interactionProgress: { __typename: "InteractionProgress", ...now.progress } }));
    expect(await screen.findByText("62 : 38")).toBeDefined();
  });

  it("gives the reason and the way to try again where it failed", async () => {
    const failed = { ...interaction().progress, status: "FAILED", reason: "The recording could not be decoded." } as const;
    await show(() =>
      interaction({
        progress: failed,
        transcript: null,
        analysis: null,
        viewerCan: { ...interaction().viewerCan, retry: true, play: true },
      }),
    );
    expect((await screen.findAllByText("The recording could not be decoded.")).length).toBeGreaterThan(0);
    expect(screen.getByRole("button", { name: "Retry" })).toBeDefined();
    expect(screen.getByText("There is no recording to play.")).toBeDefined();
  });

  it("says that there is none", async () => {
    await show(() => null);
    expect(await screen.findByText("There is no such interaction")).toBeDefined();
  });
});
