import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Role } from "./model";
import { ScopeSelect } from "./ScopeSelect";

const permission = { action: "recording.play", title: "Hear recordings", description: "", scopes: ["OWN", "TEAM", "ALL"] as const };
const role = (delivered: Role["delivered"]): Role => ({
  id: "r1",
  key: "agent",
  name: "Agent",
  description: "",
  isDefault: true,
  isChanged: true,
  basedOn: null,
  holders: 1,
  grants: [{ action: "recording.play", scope: "ALL" }],
  delivered,
});

it("marks a cell that is not as delivered, and offers what was", () => {
  const { rerender } = render(
    <ScopeSelect role={role([{ action: "recording.play", scope: "OWN" }])} permission={permission} edits={{}} onChange={() => {}} />,
  );
  const cell = screen.getByRole("combobox", { name: "Agent: Hear recordings, as delivered: Own" });
  expect(cell.title).toBe("as delivered: Own");
  expect(screen.getByRole("option", { name: "Own (as delivered)" })).toBeDefined();
  rerender(<ScopeSelect role={role(null)} permission={permission} edits={{}} onChange={() => {}} />);
  expect(screen.getByRole("combobox", { name: "Agent: Hear recordings" }).title).toBe("");
});
