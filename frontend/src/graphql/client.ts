/** The one GraphQL client: normalised cache, HTTP for queries and mutations, one WebSocket for subscriptions. */
import { Client, type ExecutionResult, fetchExchange, mapExchange, subscriptionExchange } from "@urql/core";
import { createClient as createSocket } from "graphql-ws";
import { createCache } from "./cache";
import { isSignedOut } from "./errors";

const url = "/graphql";

const reconnected = new Set<() => void>();

/** After the WebSocket was away: what was missed has to be asked for again. Returns the way to stop. */
export function onReconnect(listener: () => void): () => void {
  reconnected.add(listener);
  return () => reconnected.delete(listener);
}

type Hooks = { readonly onSignedOut: () => void };

export function createClient({ onSignedOut }: Hooks): Client {
  const socket = createSocket({
    url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${url}`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: 20_000,
    on: {
      connected: (_socket, _payload, wasRetry) => {
        if (wasRetry) for (const listener of reconnected) listener();
      },
    },
    retryAttempts: Number.POSITIVE_INFINITY,
    // The server closes with 4401 or 4403 where the session has ended: no use in trying again.
    shouldRetry: (event) => !(event instanceof CloseEvent && (event.code === 4401 || event.code === 4403)),
  });
  return new Client({
    url,
    preferGetMethod: false,
    fetchOptions: { credentials: "same-origin", headers: { "x-assay": "1" } },
    exchanges: [
      mapExchange({ onError: (error) => isSignedOut(error) && onSignedOut() }),
      createCache(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { ...request, query: request.query ?? "" },
              { ...sink, next: (value) => sink.next(value as ExecutionResult) },
            ),
          }),
        }),
      }),
    ],
  });
}
