import type { Client, OperationResult } from "@urql/core";
import { describe, expect, it } from "vitest";
import { makeSubject } from "wonka";
import { interaction } from "@/lib/testing/render";
import type { InteractionsQuery } from "./__generated__";
import { ListSource } from "./source";

type Call = {
  readonly after: string | undefined;
  readonly policy: string | undefined;
  readonly answer: (ids: readonly string[], next: string | null) => void;
  readonly fail: () => void;
};

function harness() {
  const calls: Call[] = [];
  const client = {
    query: (_document: unknown, variables: { after?: string }, context: { requestPolicy?: string }) => {
      const { source, next } = makeSubject<Partial<OperationResult<InteractionsQuery>>>();
      calls.push({
        after: variables.after,
        policy: context.requestPolicy,
        answer: (ids, cursor) => next({ data: page(ids, cursor) }),
        fail: () => next({ error: new Error("gone") as never }),
      });
      return source;
    },
  } as unknown as Client;
  return { calls, source: new ListSource(client, { filter: {}, sort: null }) };
}

function page(ids: readonly string[], next: string | null): InteractionsQuery {
  const edges = ids.map((id) => ({ cursor: id, node: interaction({ id }) }));
  return { interactions: { edges, pageInfo: { hasNextPage: next !== null, endCursor: next ?? ids.at(-1) ?? null } } };
}

const ids = (source: ListSource) => source.snapshot().rows.map((row) => row.id);

describe("ListSource", () => {
  it("loads page after page, each once", () => {
    const { calls, source } = harness();
    expect(source.snapshot().loading).toBe(true);
    source.more();
    expect(calls).toHaveLength(1);
    calls[0]?.answer(["a", "b"], "b");
    source.more();
    source.more();
    expect(calls.map((call) => call.after)).toEqual([undefined, "b"]);
    calls[1]?.answer(["c"], null);
    source.more();
    expect(calls).toHaveLength(2);
    expect(ids(source)).toEqual(["a", "b", "c"]);
    expect(source.snapshot().hasMore).toBe(false);
    expect(source.has("c")).toBe(true);
  });

  it("takes live changes of a page without losing those below", () => {
    const { calls, source } = harness();
    calls[0]?.answer(["a", "b"], "b");
    source.more();
    calls[1]?.answer(["c"], null);
    calls[0]?.answer(["b2", "b"], "b");
    expect(ids(source)).toEqual(["b2", "b", "c"]);
  });

  it("lets the pages below go where the first one ends elsewhere", () => {
    const { calls, source } = harness();
    calls[0]?.answer(["a", "b"], "b");
    source.more();
    calls[1]?.answer(["c"], null);
    calls[0]?.answer(["new", "a"], "a");
    expect(ids(source)).toEqual(["new", "a"]);
    source.more();
    expect(calls.at(-1)?.after).toBe("a");
  });

  it("keeps the old rows until a refresh has answered", () => {
    const { calls, source } = harness();
    calls[0]?.answer(["a", "b"], "b");
    source.refresh();
    expect(ids(source)).toEqual(["a", "b"]);
    expect(calls[1]?.policy).toBe("network-only");
    calls[1]?.answer(["new", "a"], "a");
    expect(ids(source)).toEqual(["new", "a"]);
    calls[0]?.answer(["stale"], null);
    expect(ids(source)).toEqual(["new", "a"]);
  });

  it("stops at an error and goes on after a retry", () => {
    const { calls, source } = harness();
    calls[0]?.answer(["a"], "a");
    source.more();
    calls[1]?.fail();
    expect(source.snapshot().error).not.toBeNull();
    source.more();
    expect(calls).toHaveLength(2);
    source.retry();
    calls[2]?.answer(["b"], null);
    expect(ids(source)).toEqual(["a", "b"]);
    expect(source.snapshot().error).toBeNull();
  });
});
