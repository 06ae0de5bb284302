import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { CombinedError } from "@urql/core";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { never } from "wonka";
import { Toaster } from "@/components/Toast";
import { renderRouted } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import type { SetTeamMembersInput, TeamMembersQueryVariables } from "./__generated__";
import { memberPageSize, parseTeamSearch, type TeamSearch } from "./search";
import { TeamsPage } from "./TeamsPage";

type Agent = { readonly id: string; readonly name: string };

const agent = (number: number): Agent => ({ id: `g${number}`, name: `Agent ${String(number).padStart(3, "0")}` });
const many = Array.from({ length: memberPageSize + 20 }, (_, number) => agent(number));

/** A server with a team of these agents and an empty one; `answers` stands in for it where it is given. */
function installation(start: readonly Agent[], answers: (asked: TeamMembersQueryVariables) => unknown = () => undefined) {
  let agents = [...start];
  const asked: TeamMembersQueryVariables[] = [];
  const team = (id: string, name: string, memberCount: number) => ({ __typename: "Team", id, name, memberCount, supervisors: [] });
  const teams = () => [team("t1", "Billing", agents.length), team("t2", "Roaming", 0)];
  const client = serve((operation) => {
    const variables = operation.variables as TeamMembersQueryVariables & { readonly input: SetTeamMembersInput };
    switch (nameOf(operation)) {
      case "Teams":
        return { teams: teams() };
      case "TeamMembers":
        asked.push(variables);
        return answers(variables) ?? page(variables.team === "t1" ? agents : [], variables);
      case "SetTeamMembers": {
        const { add = [], remove = [] } = variables.input;
        agents = [...agents.filter((one) => !remove.includes(one.id)), ...start.filter((one) => add.includes(one.id))];
        return { setTeamMembers: { __typename: "SetTeamMembersPayload", team: teams()[0] } };
      }
      case "FindMembers":
        return connection([], agents.length);
      default:
        return { users: { __typename: "UserConnection", edges: [] } };
    }
  });
  return { client, asked };
}

function page(agents: readonly Agent[], { text, first, after, last, before }: TeamMembersQueryVariables) {
  const found = agents.filter((one) => one.name.includes(text ?? ""));
  const place = (id: string) => found.findIndex((one) => one.id === id);
  const from = before ? Math.max(0, place(before) - (last ?? 0)) : after ? place(after) + 1 : 0;
  const rows = found.slice(from, from + (first ?? last ?? 0));
  return connection(rows, found.length, from > 0, from + rows.length < found.length);
}

function connection(rows: readonly Agent[], totalCount: number, hasPreviousPage = false, hasNextPage = false) {
  const [startCursor, endCursor] = [rows[0]?.id ?? null, rows.at(-1)?.id ?? null];
  return {
    agents: {
      __typename: "AgentConnection",
      totalCount,
      pageInfo: { __typename: "PageInfo", hasNextPage, hasPreviousPage, startCursor, endCursor },
      edges: rows.map((one) => ({
        __typename: "AgentEdge",
        cursor: one.id,
        node: { __typename: "Agent", ...one, externalId: null, team: null },
      })),
    },
  };
}

function Page({ start }: { readonly start: TeamSearch }) {
  const [search, setSearch] = useState(start);
  return (
    <>
      <output data-testid="address">{JSON.stringify(search)}</output>
      <TeamsPage search={search} onSearch={(next) => setSearch(parseTeamSearch(next as Record<string, unknown>))} />
      <Toaster />
    </>
  );
}

const address = () => JSON.parse(screen.getByTestId("address").textContent ?? "");
const list = () => screen.findByRole("list", { name: "Agents of Billing" });
const names = async () =>
  within(await list())
    .getAllByRole("listitem")
    .map((one) => one.textContent?.match(/Agent \d+/)?.[0]);

describe("a team with many agents", () => {
  it("shows a page of them, and turns it forth and back", async () => {
    const user = userEvent.setup();
    const { client } = installation(many);
    await renderRouted(<Page start={{ team: "t1" }} />, client);
    expect(await names()).toEqual(many.slice(0, memberPageSize).map((one) => one.name));
    expect(screen.getByRole("heading", { name: "Agents 70" })).toBeDefined();
    const pages = screen.getByRole("navigation", { name: "Pages of agents" });
    expect(within(pages).getByRole("button", { name: "Previous" })).toHaveProperty("disabled", true);
    await user.click(within(pages).getByRole("button", { name: "Next" }));
    await waitFor(async () => expect(await names()).toEqual(many.slice(memberPageSize).map((one) => one.name)));
    expect(address()).toEqual({ team: "t1", after: "g49" });
    await user.click(within(pages).getByRole("button", { name: "Previous" }));
    await waitFor(async () => expect((await names())[0]).toBe("Agent 000"));
    expect(address()).toEqual({ team: "t1", before: "g50" });
  });

  it("finds among all of them from the first page, says how many, and forgets it with another team", async () => {
    const user = userEvent.setup();
    const { client, asked } = installation(many);
    await renderRouted(<Page start={{ team: "t1", after: "g49" }} />, client);
    await user.type(await screen.findByRole("searchbox", { name: "Search in this team" }), "06");
    await waitFor(async () => expect(await names()).toHaveLength(11));
    expect(asked.at(-1)).toEqual({ team: "t1", text: "06", first: memberPageSize });
    expect(screen.getByText("11 match").tagName).toBe("OUTPUT");
    expect(screen.queryByRole("navigation", { name: "Pages of agents" })).toBeNull();
    await act(async () => screen.getByRole("button", { name: /All teams/ }).click());
    await user.click(await screen.findByRole("button", { name: /Roaming/ }));
    expect(address()).toEqual({ team: "t2" });
    expect(await screen.findByText(/No agent is in this team/)).toBeDefined();
    expect(screen.queryByRole("searchbox", { name: "Search in this team" })).toBeNull();
  });

  it("says that nobody is found, and clears the search", async () => {
    const { client } = installation(many);
    await renderRouted(<Page start={{ team: "t1", agent: "zoe" }} />, client);
    expect(await screen.findByText(/No agent of this team has “zoe”/)).toBeDefined();
    await userEvent.click(screen.getAllByRole("button", { name: "Clear the search" }).at(-1) as HTMLElement);
    expect(await names()).toHaveLength(memberPageSize);
    expect(address()).toEqual({ team: "t1" });
  });

  it("leads from a page that has become empty to the first", async () => {
    const { client } = installation(many);
    await renderRouted(<Page start={{ team: "t1", after: "g69" }} />, client);
    expect(await screen.findByText("This page of the list has become empty.")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "First page" }));
    expect((await names())[0]).toBe("Agent 000");
  });

  it("says that it could not be loaded, and tries again", async () => {
    let down = true;
    const { client } = installation(many, () => (down ? new CombinedError({ networkError: new Error("away") }) : undefined));
    await renderRouted(<Page start={{ team: "t1" }} />, client);
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText("This could not be loaded")).toBeDefined();
    down = false;
    await userEvent.click(within(alert).getByRole("button", { name: "Try again" }));
    expect(await names()).toHaveLength(memberPageSize);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("keeps the rows while the next page is on its way, and says that it is busy", async () => {
    const { client } = installation(many, ({ after }) => (after ? () => never : undefined));
    await renderRouted(<Page start={{ team: "t1" }} />, client);
    await list();
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    expect((await list()).getAttribute("aria-busy")).toBe("true");
    expect(await names()).toHaveLength(memberPageSize);
  });

  it("takes one out by keyboard, stands on the next, and takes it back", async () => {
    const user = userEvent.setup();
    const { client } = installation(many.slice(0, 3));
    await renderRouted(<Page start={{ team: "t1" }} />, client);
    (await screen.findByRole("button", { name: "Take Agent 001 out of Billing" })).focus();
    await user.keyboard("{Enter}");
    await waitFor(async () => expect(await names()).toEqual(["Agent 000", "Agent 002"]));
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Take Agent 002 out of Billing"));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Take Agent 000 out of Billing"));
    await user.keyboard("{Enter}");
    expect(await screen.findByText(/No agent is in this team/)).toBeDefined();
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Agents");
    const undo = screen.getAllByRole("button", { name: "Undo" }).at(-1) as HTMLElement;
    await user.click(undo);
    expect(await names()).toEqual(["Agent 000"]);
    expect(screen.getByText("Agent 000 is in Billing")).toBeDefined();
  });
});
