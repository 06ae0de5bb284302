import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { renderRouted } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { parseUserSearch, type UserSearch } from "./search";
import { UsersPage } from "./UsersPage";

const priya = {
  __typename: "User",
  id: "u1",
  name: "Priya Nair",
  email: "priya@example.com",
  accountRole: "ADMIN",
  active: true,
  lastSeenAt: null,
  source: "SCIM",
  seat: { __typename: "Seat", source: "SAML", licence: { __typename: "Licence", id: "l1", name: "Quality" } },
  roles: [{ __typename: "HeldRole", source: "MANUAL", role: { __typename: "Role", id: "r1", key: "agent", name: "Agent" } }],
  agent: null,
};

const choices = {
  roles: [{ __typename: "Role", id: "r1", key: "agent", name: "Agent", description: "", isDefault: true }],
  teams: [{ __typename: "Team", id: "t1", name: "Billing" }],
  seatUsage: { __typename: "SeatUsage", seats: 1, used: 1, licences: [] },
};

/** A server with these people, that refuses a seat; what it was asked is kept. */
function installation(people: readonly unknown[]) {
  const asked: Array<{ readonly name: string; readonly variables: unknown }> = [];
  const client = serve((operation) => {
    const name = nameOf(operation);
    asked.push({ name, variables: operation.variables });
    if (name === "UserChoices") return choices;
    if (name === "CreateUser") return { createUser: created((operation.variables as { input: { seat: boolean } }).input.seat) };
    return {
      users: {
        __typename: "UserConnection",
        totalCount: people.length,
        pageInfo: { __typename: "PageInfo", hasNextPage: true, hasPreviousPage: false, startCursor: "c0", endCursor: "c9" },
        edges: people.map((node) => ({ __typename: "UserEdge", cursor: "c0", node })),
      },
    };
  });
  return { client, asked };
}

function created(seat: boolean) {
  if (seat) return { __typename: "NoSeatLeft", code: "no_seat_left", message: "No seat is left: 1 of 1 is taken." };
  return { __typename: "CreateUserPayload", password: "kite-amber-42", user: { ...priya, id: "u2", name: "Ada Byron", seat: null } };
}

function Page({ start }: { readonly start: UserSearch }) {
  const [search, setSearch] = useState(start);
  return (
    <>
      <output data-testid="address">{JSON.stringify(search)}</output>
      <UsersPage search={search} onSearch={(next) => setSearch(parseUserSearch(next))} />
    </>
  );
}

describe("the page of users", () => {
  it("says who is there, what they hold and how it came", async () => {
    await renderRouted(<Page start={{}} />, installation([priya]).client);
    const row = (await screen.findByRole("link", { name: "Priya Nair" })).closest("tr") as HTMLElement;
    expect(within(row).getByText("Account admin")).toBeDefined();
    expect(within(row).getAllByText("Quality").length).toBeGreaterThan(0);
    expect(within(row).getAllByText("SAML").length).toBeGreaterThan(0);
    expect(screen.getByText("1 person")).toBeDefined();
  });

  it("turns the page by the cursor, and a filter leads back to the first", async () => {
    const user = userEvent.setup();
    const { client, asked } = installation([priya]);
    await renderRouted(<Page start={{}} />, client);
    const next = await screen.findByRole("button", { name: "Next" });
    const pane = next.closest(".overflow-y-auto") as HTMLElement;
    pane.scrollTop = 900;
    await user.click(next);
    expect(screen.getByTestId("address").textContent).toBe('{"after":"c9"}');
    expect(pane.scrollTop).toBe(0);
    await user.click(screen.getByRole("button", { name: /Filter.*Seat.*any/ }));
    await user.click(await screen.findByRole("menuitemradio", { name: "Without a seat" }));
    await waitFor(() => expect(screen.getByTestId("address").textContent).toBe('{"seat":"no"}'));
    expect(asked.filter((one) => one.name === "Users").at(-1)?.variables).toMatchObject({ filter: { seat: false }, first: 50 });
  });

  it("says that nobody matches, and clears the filters", async () => {
    await renderRouted(<Page start={{ role: "agent" }} />, installation([]).client);
    expect(await screen.findByText("Nobody matches")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(screen.getByTestId("address").textContent).toBe("{}");
  });

  it("offers to add without a seat where none is left, and shows the password once", async () => {
    const user = userEvent.setup();
    await renderRouted(<Page start={{}} />, installation([priya]).client);
    await user.click(await screen.findByRole("button", { name: "Add user" }));
    const dialog = await screen.findByRole("dialog", { name: "Add user" });
    await user.click(within(dialog).getByRole("button", { name: "Add user" }));
    expect(within(dialog).getByText("Enter a name.")).toBeDefined();
    await user.click(within(dialog).getByLabelText("Name"));
    await user.paste("Ada Byron");
    await user.click(within(dialog).getByLabelText("Email"));
    await user.paste("ada@example.com");
    await user.click(within(dialog).getByRole("button", { name: "Add user" }));
    expect((await within(dialog).findByRole("alert")).textContent).toContain("No seat is left");
    await user.click(within(dialog).getByRole("button", { name: "Add without a seat" }));
    expect(await screen.findByText("kite-amber-42")).toBeDefined();
    expect(screen.getByText(/without a seat: no conversation/)).toBeDefined();
  });
});
