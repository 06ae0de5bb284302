import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import type { Client } from "urql";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeSubject, never } from "wonka";
import { interaction, renderRouted, viewer } from "@/lib/testing/render";
import { listAnswer, nameOf, serve, typed } from "@/lib/testing/server";
import { ViewerProvider } from "@/lib/viewer";
import type { InteractionRowFragment } from "./__generated__";
import { InteractionsPage } from "./InteractionsPage";
import type { ListSearch } from "./search";

function Page({ start }: { readonly start: ListSearch }) {
  const [search, setSearch] = useState(start);
  return <InteractionsPage search={search} onSearch={setSearch} />;
}

/** An installation whose list holds `rows()`, and the way to send news of it. */
function installation(rows: () => readonly InteractionRowFragment[] | Error) {
  const news = makeSubject<unknown>();
  const client = serve((operation) => {
    const found = rows();
    switch (nameOf(operation)) {
      case "Interactions":
        return found instanceof Error ? found : listAnswer(found);
      case "InteractionsCount":
        return { interactions: { __typename: "InteractionConnection", totalCount: found instanceof Error ? 0 : found.length } };
      case "InteractionsChanged":
        return news.source;
      default:
        return never;
    }
  });
  const send = (kind: "CREATED" | "UPDATED", row: InteractionRowFragment) =>
    news.next({ interactionsChanged: { __typename: "InteractionChange", kind, interaction: typed(row) } });
  return { client, send };
}

let visit = 0;
/** Each visit asks a little else: the list is kept between visits with the same filters. */
const show = (client: Client, search: ListSearch = {}) =>
  renderRouted(<Page start={{ ...search, duration: `0..${1000 + visit++}` }} />, client);

describe("the interactions page", () => {
  beforeAll(() => {
    // The test's page has no layout: give the list a window to draw in.
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1200);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  it("lists what there is and counts it", async () => {
    const rows = [interaction({ id: "a", number: 104233 }), interaction({ id: "b", number: 104231, day: "2026-11-23" })];
    await show(installation(() => rows).client);
    expect(await screen.findByRole("link", { name: /104 233/ })).toBeDefined();
    expect(screen.getByRole("link", { name: /104 231/ })).toBeDefined();
    expect(screen.getByText("2 match")).toBeDefined();
    expect(screen.getByText(/Monday 23 November/)).toBeDefined();
  });

  it("changes a row as news of it comes", async () => {
    const queued = interaction({
      id: "a",
      engagementScore: null,
      progress: { ...interaction().progress, interactionId: "a", status: "QUEUED" },
    });
    const { client, send } = installation(() => [queued]);
    await show(client);
    expect((await screen.findByText("Queued")).closest("li")?.getAttribute("aria-current")).toBe("step");
    send("UPDATED", { ...queued, engagementScore: 64, progress: { ...queued.progress, status: "DONE" } });
    expect(await screen.findByText("64")).toBeDefined();
  });

  it("takes a new interaction in while the reader is at the top", async () => {
    let rows = [interaction({ id: "a", number: 104233 })];
    const { client, send } = installation(() => rows);
    await show(client);
    await screen.findByRole("link", { name: /104 233/ });
    const created = interaction({ id: "n", number: 104234 });
    rows = [created, ...rows];
    send("CREATED", created);
    expect(await screen.findByRole("link", { name: /104 234/ }, { timeout: 3000 })).toBeDefined();
    await waitFor(() => expect(screen.getByText("2 match")).toBeDefined());
  });

  it("takes it in while news of it comes without a pause", async () => {
    let rows = [interaction({ id: "a", number: 104233 })];
    const { client, send } = installation(() => rows);
    await show(client);
    await screen.findByRole("link", { name: /104 233/ });
    const created = interaction({ id: "n", number: 104234 });
    rows = [created, ...rows];
    const ticking = setInterval(() => send("UPDATED", created), 100);
    try {
      expect(await screen.findByRole("link", { name: /104 234/ }, { timeout: 3000 })).toBeDefined();
    } finally {
      clearInterval(ticking);
    }
  });

  it("moves by keys", async () => {
    const user = userEvent.setup();
    const rows = ["a", "b", "c"].map((id, index) => interaction({ id, number: 104233 - index }));
    await show(installation(() => rows).client);
    await screen.findByRole("link", { name: /104 233/ });
    await user.keyboard("jjjk");
    await waitFor(() => expect(document.activeElement?.textContent).toContain("104 232"));
  });

  it("says that nothing matches, and clears", async () => {
    await show(installation(() => []).client, { q: "zebra" });
    expect(await screen.findByText("No interactions match")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(await screen.findByText("No interactions yet")).toBeDefined();
    expect(screen.getByText(/assay ingest/)).toBeDefined();
  });

  it("says that analysis is off where that is why there is nothing, and leads to the switch whoever may turn it", async () => {
    const off = { ...viewer.account, analysisEnabled: false };
    const { client } = installation(() => []);
    const owner = { ...viewer, account: off, accountPermissions: ["account.settings"] };
    await renderRouted(
      <ViewerProvider value={owner}>
        <Page start={{}} />
      </ViewerProvider>,
      client,
    );
    expect(await screen.findByText(/Analysis is switched off for this account/)).toBeDefined();
    expect(screen.getByRole("link", { name: "Go to the settings" }).getAttribute("href")).toBe("/admin/settings");
    expect(screen.queryByText(/assay ingest/)).toBeNull();
    expect(screen.queryByRole("button", { name: "Analyse these again" })).toBeNull();
  });

  it("says what went wrong, and tries again", async () => {
    let answer: readonly InteractionRowFragment[] | Error = Object.assign(new Error(), {
      graphQLErrors: [{ message: "The index is being rebuilt.", extensions: {} }],
    });
    await show(installation(() => answer).client);
    expect((await screen.findByRole("alert")).textContent).toContain("The index is being rebuilt.");
    answer = [interaction({ id: "a", number: 104233 })];
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: /104 233/ })).toBeDefined();
  });
});
