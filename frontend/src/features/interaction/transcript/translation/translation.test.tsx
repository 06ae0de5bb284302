import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { withoutLayout } from "../../testing/no-layout";
import { show } from "../../testing/page";
import { interaction, transcript } from "../../testing/sample";

const german = () =>
  interaction({
    language: "de",
    transcript: { ...transcript, language: "de", translation: { engine: "opus 1f2e (transformers 5)", language: "de" } },
  });
const lines = () => within(screen.getByRole("list", { name: "Transcript" }));
const original = /Your competitor is cheaper/;

describe("a transcript that was translated", () => {
  withoutLayout();

  it("is read in the original, in English or in both, and the address keeps which", async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    const { router } = await show(german);
    expect(await screen.findByText("Translated by opus 1f2e. Search looks in the original.")).toBeDefined();
    expect(lines().getByText(original)).toBeDefined();
    await user.click(screen.getByRole("radio", { name: "English" }));
    expect(await lines().findByText("Others cost less.")).toBeDefined();
    expect(lines().queryByText(original)).toBeNull();
    expect(router.state.location.search).toEqual({ read: "english" });
    await user.click(screen.getByRole("radio", { name: "Both" }));
    expect(lines().getByText(original)).toBeDefined();
    expect(lines().getByText("Others cost less.")).toBeDefined();
    await user.click(screen.getByRole("radio", { name: "German" }));
    expect(router.state.location.search).toEqual({});
  });

  it("opens as its link says, marks topics in English, and shows the original where there is no English or a word was searched for", async () => {
    await show(german, "/interactions/i1?read=english&q=second");
    const said = await lines().findByText("Others cost less.");
    expect(said.closest("mark")?.getAttribute("title")).toBe("Topic Pricing");
    expect(lines().getByText(/make this right/)).toBeDefined();
    expect(lines().getByText("second")).toBeDefined();
    expect(lines().getByText("Today I give the second one back.")).toBeDefined();
  });

  it("goes from one to the next by a key", async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    const { router } = await show(german);
    await screen.findByRole("radio", { name: "Both" });
    await user.keyboard("t");
    expect(await lines().findByText("Others cost less.")).toBeDefined();
    expect(router.state.location.search).toEqual({ read: "english" });
  });

  it("has no choice where nothing was translated", async () => {
    await show(() => interaction());
    expect(await screen.findByRole("list", { name: "Transcript" })).toBeDefined();
    expect(screen.queryByRole("radio", { name: "Both" })).toBeNull();
  });
});
