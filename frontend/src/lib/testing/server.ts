import { Client, type Exchange, type Operation, type OperationResult } from "@urql/core";
import { filter, fromValue, mergeMap, pipe, type Source } from "wonka";
import type { InteractionRowFragment } from "@/features/interactions/__generated__";
import { createCache } from "@/graphql/cache";

type Answer = Pick<Partial<OperationResult>, "data" | "error">;

/** The real client and cache before a server that answers each operation with data, an error, or a stream of answers. */
export function serve(answer: (operation: Operation) => unknown): Client {
  const server: Exchange = () => (operations) =>
    pipe(
      operations,
      filter((operation) => operation.kind !== "teardown"),
      mergeMap((operation) => {
        const given = answer(operation);
        const source = typeof given === "function" ? (given as Source<unknown>) : fromValue(given);
        return pipe(
          source,
          mergeMap((value) => {
            const result: Answer = value instanceof Error ? { error: value as never } : { data: value };
            return fromValue({ operation, stale: false, hasNext: false, ...result } as OperationResult);
          }),
        );
      }),
    );
  return new Client({ url: "/graphql", preferGetMethod: false, exchanges: [createCache(), server] });
}

/** The name of the operation that is asked. */
export function nameOf(operation: Operation): string {
  const definition = operation.query.definitions.find((one) => one.kind === "OperationDefinition");
  return definition && "name" in definition ? (definition.name?.value ?? "") : "";
}

export const typed = (row: InteractionRowFragment) => ({
  __typename: "Interaction",
  ...row,
  agent: row.agent && { __typename: "Agent", ...row.agent },
  team: row.team && { __typename: "Team", ...row.team },
  queue: row.queue && { __typename: "Queue", ...row.queue },
  engagement: { __typename: "Engagement", ...row.engagement },
  progress: { __typename: "InteractionProgress", ...row.progress },
  viewerCan: { __typename: "InteractionAbilities", ...row.viewerCan },
});

/** One page with these rows, the last. */
export const listAnswer = (rows: readonly InteractionRowFragment[]) => ({
  interactions: {
    __typename: "InteractionConnection",
    edges: rows.map((row) => ({ __typename: "InteractionEdge", cursor: row.id, node: typed(row) })),
    pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: rows.at(-1)?.id ?? null },
  },
});
