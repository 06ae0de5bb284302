import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { never } from "wonka";
import { interaction, renderRouted, viewer } from "@/lib/testing/render";
import { listAnswer, nameOf, serve } from "@/lib/testing/server";
import { ViewerProvider } from "@/lib/viewer";
import { InteractionsPage } from "./InteractionsPage";

const rows = ["a", "b", "c", "d"].map((id, index) => interaction({ id, number: 104 - index }));

/** A list of which four are loaded and `total` match; starting a run is answered with `answer`. */
async function show({ total = 4, answer = {}, mayMany = true, maxMinutes = 0 }) {
  const asked: unknown[] = [];
  const client = serve((operation) => {
    switch (nameOf(operation)) {
      case "Interactions":
        return listAnswer(rows);
      case "InteractionsCount":
        return { interactions: { __typename: "InteractionConnection", totalCount: total } };
      case "StartReanalysis":
        asked.push(operation.variables?.input);
        return { startReanalysis: answer };
      default:
        return never;
    }
  });
  const who = { ...viewer, accountPermissions: mayMany ? ["account.settings"] : [] };
  const page = (
    <ViewerProvider value={who}>
      <InteractionsPage search={{ duration: `0..${maxMinutes}` }} onSearch={() => {}} />
    </ViewerProvider>
  );
  const { router, unmount } = await renderRouted(page, client);
  await screen.findByRole("link", { name: /104/ });
  return { asked, router, unmount };
}

const box = (number: number) => screen.getByRole<HTMLInputElement>("checkbox", { name: `Select interaction ${number}` });
const bar = () => screen.findByRole("region", { name: "Selection" });
const chosen = () => rows.map((row) => box(row.number).checked);

describe("choosing interactions of the list", () => {
  beforeAll(() => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1200);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  it("is for those who can do something with many", async () => {
    await show({ mayMany: false, maxMinutes: 1 });
    expect(screen.queryByRole("checkbox")).toBeNull();
  });

  it("takes a range with Shift, and has what was chosen analysed again", async () => {
    const user = userEvent.setup();
    const { asked } = await show({
      answer: { __typename: "Conflict", code: "conflict", message: "There is a run already." },
      maxMinutes: 2,
    });
    await user.click(box(104));
    await user.keyboard("{Shift>}");
    await user.click(box(102));
    await user.keyboard("{/Shift}");
    expect(chosen()).toEqual([true, true, true, false]);
    await user.click(box(103));
    expect(within(await bar()).getByText("2 selected")).toBeDefined();
    await user.click(within(await bar()).getByRole("button", { name: "Analyse again" }));
    const dialog = await screen.findByRole("dialog", { name: "Analyse again" });
    expect(within(dialog).getByText(/^The 2 interactions that you selected/)).toBeDefined();
    await user.click(within(dialog).getByRole("button", { name: "Start" }));
    expect(asked).toEqual([{ interactionIds: ["a", "c"] }]);
    expect((await within(dialog).findByRole("alert")).textContent).toContain("There is a run already.");
    expect(within(dialog).getByRole("link", { name: "To the run" }).getAttribute("href")).toBe("/admin/analyses");
  });

  it("takes all that is loaded, and then all that match, by the filter", async () => {
    const user = userEvent.setup();
    const { asked } = await show({ total: 1_200, answer: { __typename: "NotFound", code: "not_found", message: "Gone." }, maxMinutes: 3 });
    const all = screen.getByRole<HTMLInputElement>("checkbox", { name: "Select all that are shown" });
    await user.click(box(104));
    expect(all.indeterminate).toBe(true);
    await user.click(all);
    expect([all.checked, ...chosen()]).toEqual([true, true, true, true, true]);
    await user.click(within(await bar()).getByRole("button", { name: "Select all 1,200" }));
    expect(within(await bar()).getByText("1,200 selected")).toBeDefined();
    await user.keyboard("a");
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Start" }));
    expect(asked).toEqual([{ filter: { durationMs: { min: 0, max: 180_000 } } }]);
  });

  it("works by keys alone, and Escape clears", async () => {
    const user = userEvent.setup();
    await show({ maxMinutes: 4 });
    await user.keyboard("jx");
    expect(chosen()).toEqual([true, false, false, false]);
    await user.keyboard("jjX");
    expect(chosen()).toEqual([true, true, true, false]);
    await user.keyboard("x");
    expect(chosen()).toEqual([true, true, false, false]);
    await bar();
    await user.keyboard("{Escape}");
    expect(chosen()).toEqual([false, false, false, false]);
    await waitFor(() => expect(screen.queryByRole("region", { name: "Selection" })).toBeNull());
  });

  it("is kept while an interaction is open, and not for another filter", async () => {
    const user = userEvent.setup();
    const first = await show({ maxMinutes: 5 });
    await user.click(box(103));
    first.unmount();
    const again = await show({ maxMinutes: 5 });
    expect(chosen()).toEqual([false, true, false, false]);
    again.unmount();
    await show({ maxMinutes: 6 });
    expect(chosen()).toEqual([false, false, false, false]);
  });
});
