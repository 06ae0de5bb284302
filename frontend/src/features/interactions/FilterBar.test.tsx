import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { renderSignedIn } from "@/lib/testing/render";
import { FilterBar } from "./FilterBar";
import type { Facets } from "./filters";
import { type ListSearch, parseListSearch } from "./search";

const facets: Facets = {
  agents: [
    { id: "a1", name: "Priya Nair" },
    { id: "a2", name: "Mei Sato" },
  ],
  teams: [],
  queues: [],
  languages: [],
  indicators: [],
  topics: [],
};

function Bar({ start }: { readonly start: ListSearch }) {
  const [search, setSearch] = useState(start);
  return (
    <>
      <FilterBar
        search={search}
        facets={facets}
        today="2026-11-24"
        onChange={(part) => setSearch(parseListSearch({ ...search, ...part }))}
        onClear={() => setSearch({})}
      />
      <output>{JSON.stringify(search)}</output>
    </>
  );
}

const address = () => JSON.parse(screen.getByRole("status").textContent ?? "");

describe("FilterBar", () => {
  it("adds a filter of choices, which applies at each tick", async () => {
    const user = userEvent.setup();
    renderSignedIn(<Bar start={{}} />);
    await user.click(screen.getByRole("button", { name: "Filter" }));
    await user.click(screen.getByRole("menuitem", { name: "Agent" }));
    const editor = await screen.findByRole("dialog", { name: "Filter by Agent" });
    await user.click(within(editor).getByLabelText("Priya Nair"));
    await user.click(within(editor).getByLabelText("Mei Sato"));
    expect(address()).toEqual({ agent: "a1,a2" });
    await user.keyboard("{Escape}");
    expect(screen.getByRole("button", { name: "Filter Agent: Priya Nair +1" })).toBeDefined();
  });

  it("refuses a range that is none and says what is right", async () => {
    const user = userEvent.setup();
    renderSignedIn(<Bar start={{ engagement: "60.." }} />);
    await user.click(screen.getByRole("button", { name: "Filter Engagement: from 60" }));
    const editor = await screen.findByRole("dialog", { name: "Filter by Engagement" });
    await user.type(within(editor).getByLabelText("To"), "40");
    expect(within(editor).getByRole("alert").textContent).toContain("0 to 100");
    expect(within(editor).getByRole("button", { name: "Apply" }).hasAttribute("disabled")).toBe(true);
    await user.clear(within(editor).getByLabelText("From"));
    await user.click(within(editor).getByRole("button", { name: "Apply" }));
    expect(address()).toEqual({ engagement: "..40" });
  });

  it("takes one filter away, or all", async () => {
    const user = userEvent.setup();
    renderSignedIn(<Bar start={{ date: "7d", channel: "VIDEO" }} />);
    await user.click(screen.getByRole("button", { name: "Remove the filter Date" }));
    expect(address()).toEqual({ channel: "VIDEO" });
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(address()).toEqual({});
  });

  it("sorts and hides columns", async () => {
    const user = userEvent.setup();
    renderSignedIn(<Bar start={{}} />);
    await user.click(screen.getByRole("button", { name: "Sort: Newest first" }));
    await user.click(screen.getByRole("menuitemradio", { name: "Longest first" }));
    expect(address()).toEqual({ sort: "longest" });
  });
});
