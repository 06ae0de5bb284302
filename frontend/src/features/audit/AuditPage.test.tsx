import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderSignedIn } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { AuditPage } from "./AuditPage";
import type { AuditSearch } from "./search";

const rosa = { __typename: "User", id: "u1", name: "Rosa Meier", email: "rosa@example.com" };
const entry = (id: string, sentence: string, change: object = {}) => ({
  __typename: "AuditEntry",
  id,
  at: "2026-11-24T13:02:00Z",
  actor: rosa,
  actorKind: "user",
  person: null,
  action: "settings.change",
  objectType: "Account",
  objectId: null,
  address: "10.0.0.7",
  detail: { changes: [{ setting: "silenceMs", old: 3000, new: 4000 }] },
  sentence,
  ...change,
});

function log() {
  const filters: unknown[] = [];
  const client = serve((operation) => {
    if (nameOf(operation) === "AuditActions") return { auditActions: ["settings.change", "media.open"] };
    const { filter, after } = operation.variables as { filter: { text?: string }; after: string | null };
    filters.push(filter);
    const nodes = filter.text
      ? []
      : after
        ? [entry("a2", "Signed in.", { actor: null, actorKind: "system", address: null })]
        : [entry("a1", "Changed the settings.")];
    return {
      auditLog: {
        __typename: "AuditConnection",
        edges: nodes.map((node) => ({ __typename: "AuditEdge", cursor: node.id, node })),
        pageInfo: { __typename: "PageInfo", hasNextPage: !after && nodes.length > 0, endCursor: nodes.at(-1)?.id ?? null },
      },
    };
  });
  return { client, filters };
}

function Page({ start }: { readonly start: AuditSearch }) {
  const [search, setSearch] = useState(start);
  return <AuditPage search={search} onSearch={setSearch} />;
}

it("tells what happened first, the detail when asked, and earlier entries after", async () => {
  const user = userEvent.setup();
  const { client, filters } = log();
  renderSignedIn(<Page start={{}} />, client);
  await user.click(await screen.findByRole("button", { name: /Changed the settings/ }));
  expect(screen.getByRole("cell", { name: "4 s" })).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Show earlier entries" }));
  expect(await screen.findByText("Assay itself")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Only what Rosa Meier did" }));
  await screen.findByRole("button", { name: "Show everybody's entries" });
  expect(filters.at(-1)).toEqual({ actor: "u1" });
});

it("says that nothing matches, and exports what its filters ask for", async () => {
  renderSignedIn(<Page start={{ q: "nothing", from: "2026-11-24" }} />, log().client);
  expect(await screen.findByText("No entry matches")).toBeDefined();
  expect(screen.getByRole("link", { name: "Export as CSV" }).getAttribute("href")).toBe(
    "/account/audit.csv?text=nothing&from=2026-11-23T23%3A00%3A00.000Z",
  );
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(await screen.findByText("Changed the settings.")).toBeDefined();
});
