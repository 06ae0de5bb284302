import { Client, type Exchange, type Operation, type OperationResult } from "@urql/core";
import { describe, expect, it } from "vitest";
import { filter, map, pipe, subscribe } from "wonka";
import { interaction } from "@/lib/testing/render";
import { type InteractionRowFragment, InteractionsChangedDocument, InteractionsDocument, RetryAnalysisDocument } from "./__generated__";
import { createCache } from "./cache";

/** A server that answers each operation with what `data` gives for it. */
function serve(data: (operation: Operation) => unknown): Client {
  const server: Exchange = () => (operations) =>
    pipe(
      operations,
      filter((operation) => operation.kind !== "teardown"),
      map((operation) => ({ operation, data: data(operation), stale: false, hasNext: false }) as OperationResult),
    );
  return new Client({ url: "/graphql", preferGetMethod: false, exchanges: [createCache(), server] });
}

const typed = (row: InteractionRowFragment) => ({
  __typename: "Interaction",
  ...row,
  agent: { __typename: "Agent", ...row.agent },
  team: { __typename: "Team", ...row.team },
  queue: { __typename: "Queue", ...row.queue },
  engagement: { __typename: "Engagement", ...row.engagement },
  progress: { __typename: "InteractionProgress", ...row.progress },
  viewerCan: { __typename: "InteractionAbilities", ...row.viewerCan },
});

describe("the cache", () => {
  it("brings live news to every list that shows the interaction", async () => {
    const queued = interaction({ progress: { ...interaction().progress, status: "TRANSCRIBING", percent: 40 }, engagementScore: null });
    const client = serve((operation) =>
      operation.kind === "subscription"
        ? { interactionsChanged: { __typename: "InteractionChange", kind: "UPDATED", interaction: typed(interaction()) } }
        : {
            interactions: {
              __typename: "InteractionConnection",
              edges: [{ __typename: "InteractionEdge", cursor: "c", node: typed(queued) }],
              pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: "c" },
            },
          },
    );
    const seen: unknown[] = [];
    pipe(
      client.query(InteractionsDocument, { first: 50 }),
      subscribe(({ data }) => seen.push(data?.interactions.edges.map(({ node }) => [node.progress.status, node.engagementScore]))),
    );
    await settled();
    pipe(
      client.subscription(InteractionsChangedDocument, {}),
      subscribe(() => {}),
    );
    await settled();
    expect(seen[0]).toEqual([["TRANSCRIBING", null]]);
    expect(seen.at(-1)).toEqual([["DONE", 71]]);
  });

  it("reads an error of any kind by the interface that they share", async () => {
    const client = serve(() => ({
      retryAnalysis: { __typename: "NotFound", code: "not_found", message: "There is no such interaction." },
    }));
    const { data } = await client.mutation(RetryAnalysisDocument, { id: "i1" }).toPromise();
    expect(data?.retryAnalysis).toEqual({ __typename: "NotFound", code: "not_found", message: "There is no such interaction." });
  });
});

const settled = () => new Promise((resolve) => setTimeout(resolve));
