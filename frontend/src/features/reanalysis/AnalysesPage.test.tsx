import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderRouted, renderSignedIn } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { AnalysesPage } from "./AnalysesPage";

const none = { waiting: 0, working: 0, analysed: 0, same: 0, skipped: 0, failed: 0, current: 0, superseded: 0 };

function run(state: string, progress: Partial<typeof none> = {}) {
  return {
    __typename: "Reanalysis",
    id: "r1",
    state,
    reason: null,
    total: 40,
    from: "2026-11-02",
    to: null,
    filtered: false,
    startedAt: "2026-11-24T13:00:00Z",
    finishedAt: null,
    endedAt: state === "APPLIED" ? "2026-11-24T14:00:00Z" : null,
    startedBy: { __typename: "User", id: "u1", name: "Rosa Meier" },
    interaction: null,
    progress: { __typename: "ReanalysisProgress", ...none, ...progress },
  };
}

const row = { feature: "INDICATOR", name: "Money · Refund", interactions: 12, added: 14, removed: 2, changed: 0, before: 1, after: 2 };

const callOuts = { __typename: "FigureDefinition", figure: "CALL_OUTS", definition: "Keywords that were said.", uncertainty: "Exact." };

function version(silence_ms: number, days: readonly (readonly [string, number])[], models: object = { topics: "topics-2" }) {
  return {
    __typename: "AnalysisVersion",
    analyzerVersion: "1.0.0",
    models,
    settings: { silence_ms },
    interactions: days.reduce((sum, [, count]) => sum + count, 0),
    firstDay: days[0]?.[0],
    lastDay: days.at(-1)?.[0],
    days: days.map(([day, interactions]) => ({ __typename: "AnalysisVersionDay", day, interactions })),
  };
}

const versions = [
  version(5_000, [
    ["2026-11-02", 3],
    ["2026-11-20", 2],
  ]),
  version(3_000, [["2026-11-21", 4]]),
  version(5_000, [["2026-11-20", 1]], {}),
];

const items = {
  __typename: "ReanalysisItemConnection",
  edges: [
    {
      __typename: "ReanalysisItemEdge",
      node: {
        __typename: "ReanalysisItem",
        state: "ANALYSED",
        interaction: {
          __typename: "Interaction",
          id: "i7",
          number: 107,
          startedAt: "2026-11-20T09:00:00Z",
          agent: { __typename: "Agent", id: "a1", name: "Maya Lind" },
        },
        changes: [
          {
            __typename: "AnalysisChange",
            feature: "INDICATOR",
            name: "Money · Refund",
            added: 2,
            removed: 0,
            changed: 0,
            before: 1,
            after: 3,
          },
        ],
      },
    },
  ],
  pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: null },
};

/** A server with these runs, whose next state a mutation gives. */
function server(
  before: ReturnType<typeof run>[],
  after: ReturnType<typeof run>[],
  difference: unknown = [{ ...row, __typename: "AnalysisDifference" }],
) {
  let runs = before;
  const asked: string[] = [];
  const client = serve((operation) => {
    const name = nameOf(operation) ?? "";
    if (name === "Runs") return { reanalyses: runs };
    if (name === "VersionsInForce") return { analysisVersions: versions };
    if (name === "FiguresDefined") return { figureDefinitions: [callOuts] };
    if (name === "DifferingInteractions") return { reanalysis: { __typename: "Reanalysis", id: "r1", items } };
    if (name === "RunDifference") return { reanalysis: { __typename: "Reanalysis", id: "r1", difference } };
    asked.push(`${name} ${JSON.stringify(operation.variables)}`);
    runs = after;
    const field = name.charAt(0).toLowerCase() + name.slice(1);
    return { [field]: { __typename: `${name}Payload`, reanalysis: after[0] } };
  });
  return { client, asked };
}

it("shows how far a run is and pauses it", async () => {
  const { client, asked } = server(
    [run("RUNNING", { waiting: 27, working: 3, analysed: 8, same: 2 })],
    [run("PAUSED", { waiting: 30, analysed: 8, same: 2 })],
  );
  renderSignedIn(<AnalysesPage />, client);
  expect(await screen.findByText("10 of 40 interactions")).toBeDefined();
  expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("25");
  expect(screen.queryByRole("button", { name: "Analyse again" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Pause" }));
  expect(await screen.findByRole("button", { name: "Resume" })).toBeDefined();
  expect(asked).toEqual(['PauseReanalysis {"id":"r1"}']);
});

it("shows what differs, and makes it current only when asked twice", async () => {
  const { client, asked } = server([run("READY", { analysed: 38, same: 2 })], [run("APPLIED", { current: 38, same: 2 })]);
  renderSignedIn(<AnalysesPage />, client);
  expect(await screen.findByText("Money · Refund")).toBeDefined();
  expect(screen.getByText("+14")).toBeDefined();
  expect(screen.getByText("1.0 → 2.0")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Make current" }));
  expect(asked).toEqual([]);
  const buttons = await screen.findAllByRole("button", { name: "Make current" });
  await userEvent.click(buttons[buttons.length - 1] as HTMLElement);
  await waitFor(() => expect(asked).toEqual(['ApplyReanalysis {"id":"r1"}']));
  expect(await screen.findByText("38 of 40")).toBeDefined();
});

it("starts from nothing, and refuses no day", async () => {
  const { client, asked } = server([], [run("RUNNING", { waiting: 37, working: 3 })], []);
  renderSignedIn(<AnalysesPage />, client);
  await userEvent.click(await screen.findByRole("button", { name: "Analyse again" }));
  await userEvent.click(await screen.findByLabelText("Since a day"));
  await userEvent.click(screen.getByRole("button", { name: "Start" }));
  expect(screen.getByText("Choose a day.")).toBeDefined();
  await userEvent.type(screen.getByLabelText("First day"), "2026-11-02");
  await userEvent.click(screen.getByRole("button", { name: "Start" }));
  await waitFor(() => expect(asked).toEqual(['StartReanalysis {"input":{"filter":{"from":"2026-11-02"}}}']));
});

it("shows over time what figures were made by; conversations without words are no other making", async () => {
  const { client } = server([run("APPLIED", { current: 38, same: 2 })], []);
  renderSignedIn(<AnalysesPage />, client);
  expect(await screen.findByText(/2 makings in this window/)).toBeDefined();
  expect(screen.getByText("6 conversations")).toBeDefined();
  expect(screen.getByText("4 conversations")).toBeDefined();
  expect(screen.getByText(/Silence threshold:/).textContent).toBe("Silence threshold: 3 s instead of 5 s");
  expect(screen.getByRole("img", { name: /21 Nov/ })).toBeDefined();
});

it("explains what differs, and names the interactions, each with both sides", async () => {
  const { client } = server([run("READY", { analysed: 38, same: 2 })], []);
  await renderRouted(<AnalysesPage />, client);
  await userEvent.click(await screen.findByRole("button", { name: "What Money · Refund is" }));
  expect(await screen.findByText("Keywords that were said.")).toBeDefined();
  await userEvent.keyboard("{Escape}");
  await userEvent.click(screen.getByRole("button", { name: /^Money · Refund/ }));
  const link = await screen.findByRole("link", { name: /107 Maya Lind/ });
  expect(link.getAttribute("href")).toBe("/interactions/i7/versions");
  expect(link.textContent).toContain("1 → 3");
});
