import { describe, expect, it } from "vitest";
import { cellOf, changed, deliveredIn, type Edits, grantsOf, grouped, isEdited, type Role, withCell, without } from "./model";
import { interactionIn, parseRolesSearch } from "./search";

const role: Role = {
  id: "r1",
  key: "supervisor",
  name: "Supervisor",
  description: "",
  isDefault: true,
  isChanged: false,
  basedOn: null,
  holders: 3,
  delivered: [{ action: "recording.play", scope: "TEAM" }],
  grants: [
    { action: "interaction.read", scope: "TEAM" },
    { action: "future.thing", scope: "ALL" },
  ],
};

describe("the matrix", () => {
  it("shows what is granted, and what was changed on the page instead", () => {
    expect(cellOf({}, role, "interaction.read")).toBe("TEAM");
    expect(cellOf({}, role, "recording.play")).toBe(null);
    const edits = withCell(withCell({}, role, "interaction.read", null), role, "recording.play", "OWN");
    expect(cellOf(edits, role, "interaction.read")).toBe(null);
    expect(cellOf(edits, role, "recording.play")).toBe("OWN");
    expect(isEdited(edits, "supervisor", "interaction.read")).toBe(true);
    expect(changed(edits)).toEqual({ roles: 1, cells: 2 });
  });

  it("knows what a default role was delivered with, cell by cell", () => {
    expect(deliveredIn(role, "recording.play")).toBe("TEAM");
    expect(deliveredIn(role, "interaction.read")).toBe(null);
    expect(deliveredIn({ ...role, delivered: null }, "recording.play")).toBe(undefined);
  });

  it("forgets a change that is taken back", () => {
    const edits = withCell({}, role, "interaction.read", "ALL");
    expect(withCell(edits, role, "interaction.read", "TEAM")).toEqual({});
    expect(without(edits, "supervisor")).toEqual({});
  });

  it("saves the whole set, with what it does not show", () => {
    const edits: Edits = { supervisor: { "interaction.read": null, "recording.play": "OWN" } };
    expect(grantsOf(edits, role)).toEqual([
      { action: "future.thing", scope: "ALL" },
      { action: "recording.play", scope: "OWN" },
    ]);
    expect(grantsOf({}, role)).toEqual(role.grants);
  });

  it("groups permissions by their noun", () => {
    const permission = (action: string) => ({ action, title: action, description: "", scopes: ["ALL"] as const });
    const groups = grouped([permission("interaction.read"), permission("recording.play"), permission("interaction.retry")]);
    expect(groups.map((group) => [group.noun, group.permissions.length])).toEqual([
      ["interaction", 2],
      ["recording", 1],
    ]);
  });
});

describe("the address of the roles", () => {
  it("keeps what it understands", () => {
    expect(parseRolesSearch({ view: "why", user: " u1 ", action: "interaction.read", x: "y" })).toEqual({
      view: "why",
      user: "u1",
      action: "interaction.read",
    });
    expect(parseRolesSearch({ view: "else", role: 3 })).toEqual({});
  });

  it.each([
    ["SW50OjE", "SW50OjE"],
    ["https://qm.example.com/interactions/SW50OjE?t=95.2", "SW50OjE"],
    [" /interactions/a%3Db ", "a=b"],
    ["/interactions/a%b", "a%b"],
  ])("reads an interaction in %j", (text, id) => expect(interactionIn(text)).toBe(id));
});
