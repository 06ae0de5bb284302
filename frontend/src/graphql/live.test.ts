import { describe, expect, it } from "vitest";
import { pipe, subscribe } from "wonka";
import { InteractionsChangedDocument, InteractionsDocument, RetryAnalysisDocument } from "@/features/interactions/__generated__";
import { interaction } from "@/lib/testing/render";
import { listAnswer, serve, typed } from "@/lib/testing/server";

describe("the cache", () => {
  it("brings live news to every list that shows the interaction", async () => {
    const queued = interaction({ progress: { ...interaction().progress, status: "TRANSCRIBING", percent: 40 }, engagementScore: null });
    const client = serve((operation) =>
      operation.kind === "subscription"
        ? { interactionsChanged: { __typename: "InteractionChange", kind: "UPDATED", interaction: typed(interaction()) } }
        : listAnswer([queued]),
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
