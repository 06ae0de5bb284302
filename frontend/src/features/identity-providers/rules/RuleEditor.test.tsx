import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderSignedIn } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import type { RuleFieldsFragment } from "../__generated__";
import { RuleEditor } from "./RuleEditor";

const rule = (id: string, place: number, value: string): RuleFieldsFragment => ({
  id,
  place,
  target: "LICENCE",
  attribute: "groups",
  op: "EXACT",
  value,
  gives: ["qm"],
  none: false,
});

/** A server that refuses a rule about `*` and keeps every other list. */
function server() {
  const saved: unknown[] = [];
  const client = serve((operation) => {
    const name = nameOf(operation);
    if (name === "RoleChoices") return { roles: [{ __typename: "Role", id: "r1", key: "evaluator", name: "Evaluator" }] };
    if (name === "LicenceChoices")
      return { seatUsage: { __typename: "SeatUsage", licences: [{ __typename: "Licence", id: "l1", key: "qm", name: "Quality" }] } };
    if (name === "TeamChoices") return { teams: [] };
    if (name === "DryRunScimRules") {
      const first = [{ __typename: "ForeseenPerson", user: { __typename: "User", id: "u1", ...ada }, changes: ["A seat is assigned."] }];
      const foreseen = { __typename: "ForeseenRules", ...counts, first };
      return { dryRunScimRules: { __typename: "DryRunScimRulesPayload", foreseen } };
    }
    const { rules } = (operation.variables as { input: { rules: Array<{ value: string }> } }).input;
    const wrong = rules.findIndex((one) => one.value === "*");
    if (wrong >= 0) {
      const pointer = `/input/rules/${wrong}/value`;
      return { saveMappingRules: { __typename: "InvalidInput", code: "invalid_input", message: "A star is no value.", pointer } };
    }
    saved.push(rules);
    const kept = rules.map((one, index) => ({ __typename: "MappingRule", id: `k${index}`, place: index + 1, ...one }));
    return { saveMappingRules: { __typename: "SaveMappingRulesPayload", rules: kept } };
  });
  return { client, saved };
}

const ada = { name: "Ada Okoro", email: "ada@example.com" };
const counts = {
  people: 340,
  changing: 12,
  seatsGiven: 9,
  seatsMoved: 0,
  seatsReleased: 3,
  seatsMissing: 1,
  rolesChanged: 2,
  teamsChanged: 0,
};

function open(rules: readonly RuleFieldsFragment[], providerId: string | null = "p1") {
  const { client, saved } = server();
  renderSignedIn(<RuleEditor providerId={providerId} rules={rules} attributes={["groups"]} onSaved={() => {}} />, client);
  return saved;
}
const values = () => screen.getAllByLabelText<HTMLInputElement>("Value").map((field) => field.value);

it("moves rules by the arrows and by the keyboard, and says where they are", async () => {
  const user = userEvent.setup();
  open([rule("a", 1, "first"), rule("b", 2, "second")]);
  await user.click(screen.getByRole("button", { name: "Move rule 2 up" }));
  expect(values()).toEqual(["second", "first"]);
  expect(screen.getByText("Now rule 1.")).toBeDefined();
  await user.click(screen.getByDisplayValue("second"));
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(values()).toEqual(["first", "second"]);
  expect(screen.getByRole("button", { name: "Save rules" }).hasAttribute("disabled")).toBe(true);
});

it("asks for what is missing, then saves the whole list in its order", async () => {
  const user = userEvent.setup();
  const saved = open([rule("a", 1, "first")]);
  await user.click(within(screen.getByRole("region", { name: "Roles" })).getByRole("button", { name: "Add a rule" }));
  await user.click(screen.getByRole("button", { name: "Save rules" }));
  expect(screen.getByText("Say which value.")).toBeDefined();
  const roles = within(screen.getByRole("region", { name: "Roles" }));
  await user.type(roles.getByLabelText("Value"), "QA");
  await user.click(roles.getByRole("button", { name: /A match gives: not chosen/ }));
  await user.click(screen.getByLabelText("Evaluator"));
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Save rules" }));
  expect(saved).toEqual([
    [
      { target: "LICENCE", attribute: "groups", op: "EXACT", value: "first", gives: ["qm"], none: false },
      { target: "ROLE", attribute: "groups", op: "EXACT", value: "QA", gives: ["evaluator"], none: false },
    ],
  ]);
});

it("shows a rule whose target is gone as broken, and a team that is yet to be made as such", async () => {
  open([
    { ...rule("a", 1, "first"), gives: ["voice"] },
    { ...rule("b", 1, "coaches"), target: "ROLE", gives: ["evaluator", "coach"] },
    { ...rule("c", 1, "berlin"), target: "TEAM", gives: ["Berlin"] },
    { ...rule("d", 2, "sound"), gives: ["qm"] },
  ]);
  expect(await screen.findByText("Broken: the licence voice is gone, and no seat is given. Choose another.")).toBeDefined();
  expect(screen.getByText("Broken: the role coach is gone, and is not given. Choose again.")).toBeDefined();
  expect(screen.getByText("There is no team Berlin: it is made when the first person is put into it.")).toBeDefined();
  expect(screen.getAllByText(/^Broken/)).toHaveLength(2);
});

it("says that a provider's rules wait for the next sign-in", () => {
  open([rule("a", 1, "first")]);
  expect(screen.getByText(/Rules decide when a person signs in the next time/)).toBeDefined();
});

it("shows what rules of provisioning would change before it saves them", async () => {
  const user = userEvent.setup();
  const saved = open([rule("a", 1, "first")], null);
  await user.clear(screen.getByDisplayValue("first"));
  await user.type(screen.getByLabelText("Value"), "second");
  await user.click(screen.getByRole("button", { name: "See what changes …" }));
  const dialog = within(await screen.findByRole("dialog", { name: "What these rules change" }));
  expect(dialog.getByText("Something changes for 12 of 340 people in the directory.")).toBeDefined();
  expect(dialog.getByText(/1 person finds no seat left/)).toBeDefined();
  expect(dialog.getByText("Ada Okoro")).toBeDefined();
  expect(dialog.getByText("A seat is assigned.")).toBeDefined();
  expect(dialog.getByText("These are the first 1; the counts are of all.")).toBeDefined();
  expect(saved).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Save and decide again" }));
  expect(saved).toHaveLength(1);
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("shows the server's refusal in the rule that it is about", async () => {
  const user = userEvent.setup();
  open([rule("a", 1, "first"), rule("b", 2, "second")]);
  await user.clear(screen.getByDisplayValue("second"));
  await user.type(screen.getAllByLabelText("Value")[1] as HTMLElement, "*");
  await user.click(screen.getByRole("button", { name: "Save rules" }));
  const message = await screen.findByText("A star is no value.");
  expect(
    within(message.closest("li") as HTMLElement)
      .getByLabelText("Value")
      .getAttribute("aria-invalid"),
  ).toBe("true");
});
