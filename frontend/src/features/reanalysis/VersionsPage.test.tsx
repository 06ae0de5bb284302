import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderRouted, viewer } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { ViewerProvider } from "@/lib/viewer";
import { VersionsPage } from "./VersionsPage";

function stored(id: string, state: string, silence_ms: number, day: string) {
  return {
    __typename: "StoredAnalysis",
    id,
    state,
    analyzerVersion: "1.0.0",
    models: { topics: "topics-2" },
    settings: { silence_ms, constants: { utterance_pause_ms: 1000 } },
    createdAt: `2026-11-${day}T09:00:00Z`,
  };
}

const former = stored("a1", "FORMER", 5_000, "20");
const current = stored("a2", "CURRENT", 3_000, "24");
const prepared = stored("a3", "PREPARED", 2_000, "25");

const run = {
  __typename: "Reanalysis",
  id: "r1",
  state: "READY",
  reason: null,
  total: 1,
  from: null,
  to: null,
  filtered: false,
  startedAt: "2026-11-25T09:00:00Z",
  finishedAt: "2026-11-25T09:01:00Z",
  endedAt: null,
  startedBy: null,
  interaction: { __typename: "Interaction", id: "i1", number: 107 },
  progress: {
    __typename: "ReanalysisProgress",
    waiting: 0,
    working: 0,
    analysed: 1,
    same: 0,
    skipped: 0,
    failed: 0,
    current: 0,
    superseded: 0,
  },
};

const change = (feature: string, name: string, before: number, after: number) => ({
  __typename: "AnalysisChange",
  feature,
  name,
  added: 1,
  removed: 0,
  changed: 0,
  before,
  after,
});

const passages = [
  {
    __typename: "DifferingPassage",
    kind: "ADDED",
    feature: "EVENT",
    name: "silence",
    startMs: 61_000,
    endMs: 65_000,
    role: null,
    quote: null,
    before: null,
    after: "4.0 s",
  },
  {
    __typename: "DifferingPassage",
    kind: "CHANGED",
    feature: "UTTERANCE",
    name: "sentiment",
    startMs: 90_000,
    endMs: 92_000,
    role: "CONSUMER",
    quote: "That is not what I asked.",
    before: "neutral",
    after: "negative",
  },
];

function server(analyses: object[], { retry = true, reanalysis = null as object | null } = {}) {
  const asked: string[] = [];
  const client = serve((operation) => {
    const name = nameOf(operation) ?? "";
    const own = { __typename: "Interaction", id: "i1" };
    if (name === "InteractionVersions")
      return {
        interaction: {
          ...own,
          number: 107,
          startedAt: "2026-11-20T08:00:00Z",
          agent: { __typename: "Agent", id: "g1", name: "Maya Lind" },
          progress: { __typename: "InteractionProgress", interactionId: "i1", status: "DONE" },
          viewerCan: { __typename: "InteractionAbilities", retry },
          analyses,
          reanalysis,
        },
      };
    asked.push(`${name} ${JSON.stringify(operation.variables)}`);
    if (name === "StartReanalysis") return { startReanalysis: { __typename: "StartReanalysisPayload", reanalysis: run } };
    const { old, new: fresh } = operation.variables as { old: string; new: string };
    const of = (id: string) => analyses.find((one) => (one as { id: string }).id === id);
    const changes = [change("SCORE", "sentiment_score", 58, 51), change("EVENT", "silence", 1, 2)];
    const difference = { __typename: "AnalysisComparison", sameTranscript: true, old: of(old), new: of(fresh), changes, passages };
    return { interaction: { ...own, analysisDifference: difference } };
  });
  return { client, asked };
}

/** The page below a router, with the other version in its address. */
function Page() {
  const [old, setOld] = useState<string | undefined>();
  return <VersionsPage id="i1" old={old} onOld={setOld} />;
}

it("lays the former analysis beside the current one: how they were made, figures, findings, passages", async () => {
  const { client, asked } = server([current, former]);
  await renderRouted(<Page />, client);
  const made = await screen.findByRole("table", { name: "How they were made" });
  expect(within(made).getByRole("row", { name: "Silence threshold 5 s 3 s" })).toBeDefined();
  expect(screen.getByRole("row", { name: "Sentiment score 58 51" })).toBeDefined();
  expect(screen.getByRole("row", { name: /Silences Speech event 1 2/ })).toBeDefined();
  const link = screen.getByRole("link", { name: "Go to 01:01" });
  expect(link.getAttribute("href")).toBe("/interactions/i1?t=61");
  expect(screen.getByText("neutral → negative")).toBeDefined();
  expect(screen.getByText("“That is not what I asked.”")).toBeDefined();
  expect(asked).toEqual(['VersionDifference {"id":"i1","old":"a1","new":"a2"}']);
});

it("shows what a run has prepared as the new side, and another version when it is chosen", async () => {
  const { client, asked } = server([prepared, current, former], { reanalysis: run });
  await renderRouted(<Page />, client);
  expect(await screen.findByRole("button", { name: "Make current" })).toBeDefined();
  expect(await screen.findByRole("row", { name: "Silence threshold 3 s 2 s" })).toBeDefined();
  expect(screen.getByRole("button", { name: /Prepared/ }).getAttribute("aria-pressed")).toBe("true");
  expect(asked).toEqual(['VersionDifference {"id":"i1","old":"a2","new":"a3"}']);
});

it("keeps the version that is compared with in the address", async () => {
  const { client, asked } = server([prepared, current, former], { reanalysis: run });
  const chosen: string[] = [];
  await renderRouted(<VersionsPage id="i1" old="a1" onOld={(id) => chosen.push(id)} />, client);
  expect(await screen.findByRole("row", { name: "Silence threshold 5 s 3 s" })).toBeDefined();
  expect(asked).toEqual(['VersionDifference {"id":"i1","old":"a1","new":"a2"}']);
  await userEvent.click(screen.getByRole("button", { name: /Prepared/ }));
  expect(chosen).toEqual(["a3"]);
});

it("says of a version that a run of many has prepared where it becomes current", async () => {
  const { client } = server([prepared, current]);
  const page = (
    <ViewerProvider value={{ ...viewer, accountPermissions: ["account.settings"] }}>
      <Page />
    </ViewerProvider>
  );
  await renderRouted(page, client);
  expect(await screen.findByText(/part of a run of several interactions/)).toBeDefined();
  expect(screen.getByRole("link", { name: "To the run" }).getAttribute("href")).toBe("/admin/analyses");
});

it("begins a re-analysis of the interaction alone, for whoever may", async () => {
  const { client, asked } = server([current]);
  await renderRouted(<Page />, client);
  expect(await screen.findByText(/This is the only analysis so far/)).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Analyse again" }));
  expect(asked).toEqual(['StartReanalysis {"input":{"interactionId":"i1"}}']);
});

it("offers nothing to whoever may not", async () => {
  const { client } = server([current], { retry: false });
  await renderRouted(<Page />, client);
  expect(await screen.findByText(/This is the only analysis so far/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Analyse again" })).toBeNull();
});
