import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { renderRouted } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { RolesPage } from "./RolesPage";
import type { RolesSearch } from "./search";

vi.stubGlobal("matchMedia", (media: string) => ({ matches: true, media, addEventListener() {}, removeEventListener() {} }));

const role = (key: string, grants: readonly { readonly action: string; readonly scope: string }[], change = {}) => ({
  __typename: "Role",
  id: key,
  key,
  name: key.charAt(0).toUpperCase() + key.slice(1),
  description: "",
  isDefault: true,
  isChanged: false,
  delivered: null,
  basedOn: null,
  holders: 2,
  grants: grants.map((grant) => ({ __typename: "Grant", ...grant })),
  ...change,
});

const permission = (action: string, title: string) => ({
  __typename: "Permission",
  action,
  title,
  description: `About ${title}.`,
  scopes: ["OWN", "TEAM", "ALL"],
});

const matrix = {
  permissions: [permission("interaction.read", "See interactions"), permission("recording.play", "Hear recordings")],
  roles: [
    role("supervisor", [{ action: "interaction.read", scope: "TEAM" }], { isChanged: true }),
    role("agent", [{ action: "interaction.read", scope: "OWN" }]),
  ],
};

function installation(refuse = false) {
  const saved: unknown[] = [];
  const client = serve((operation) => {
    switch (nameOf(operation)) {
      case "RoleMatrix":
        return matrix;
      case "UpdateRole": {
        const { input } = operation.variables as { input: { key: string; grants: [] } };
        saved.push(input);
        if (refuse) return { updateRole: { __typename: "Conflict", code: "conflict", message: "Nobody could edit roles any more." } };
        return { updateRole: { __typename: "UpdateRolePayload", role: role(input.key, input.grants, { isChanged: true }) } };
      }
      case "ExplainAccess":
        return {
          explainAccess: {
            __typename: "AccessDecision",
            allowed: false,
            action: "interaction.read",
            sentence: "Priya may not see it.",
            reasons: [
              { __typename: "Reason", holds: true, sentence: "Priya is active." },
              { __typename: "Reason", holds: false, sentence: "Priya holds no seat." },
            ],
          },
        };
      case "PersonName":
        return { user: { __typename: "User", id: "u1", name: "Priya Nair", email: "priya@example.com" } };
      default:
        return { users: { __typename: "UserConnection", edges: [] } };
    }
  });
  return { client, saved };
}

function Page({ start = {} }: { readonly start?: RolesSearch }) {
  const [search, setSearch] = useState(start);
  return <RolesPage search={search} onSearch={setSearch} />;
}

const cell = (name: RegExp | string) => screen.findByRole<HTMLSelectElement>("combobox", { name });

describe("the matrix of roles", () => {
  it("shows what each role permits, with every permission's description and what was changed from its default", async () => {
    await renderRouted(<Page />, installation().client);
    expect((await cell("Supervisor: See interactions")).value).toBe("TEAM");
    expect((await cell("Agent: Hear recordings")).value).toBe("NONE");
    expect(screen.getByText("About Hear recordings.")).toBeDefined();
    expect(screen.getAllByText("Changed")).toHaveLength(1);
  });

  it("saves each changed role as a whole, and nothing that was set back", async () => {
    const user = userEvent.setup();
    const { client, saved } = installation();
    await renderRouted(<Page />, client);
    await user.selectOptions(await cell("Agent: Hear recordings"), "OWN");
    await user.selectOptions(await cell("Supervisor: See interactions"), "ALL");
    await user.selectOptions(await cell(/Supervisor: See interactions, changed from Team/), "TEAM");
    expect(screen.getByText(/1 permission changed in 1 role/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Save changes" })).toBe(null));
    expect(saved).toEqual([
      {
        key: "agent",
        grants: [
          { action: "interaction.read", scope: "OWN" },
          { action: "recording.play", scope: "OWN" },
        ],
      },
    ]);
  });

  it("keeps what was refused, and says why", async () => {
    const user = userEvent.setup();
    await renderRouted(<Page />, installation(true).client);
    await user.selectOptions(await cell("Agent: See interactions"), "NONE");
    await user.click(screen.getByRole("button", { name: "Save changes" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Nobody could edit roles any more.");
    expect((await cell(/Agent: See interactions, changed/)).value).toBe("NONE");
    await user.click(screen.getByRole("button", { name: "Discard" }));
    expect((await cell("Agent: See interactions")).value).toBe("OWN");
  });

  it("explains a decision step by step", async () => {
    await renderRouted(<Page start={{ view: "why", user: "u1", action: "interaction.read" }} />, installation().client);
    expect(await screen.findByText("Priya may not see it.")).toBeDefined();
    const steps = screen.getAllByRole("listitem").map((one) => one.textContent);
    expect(steps).toEqual(["Yes:Priya is active.", "No:Priya holds no seat."]);
    expect(await screen.findByRole("link", { name: "Priya Nair" })).toBeDefined();
  });
});
