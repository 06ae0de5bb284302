/** The one GraphQL client: normalised cache, HTTP for queries and mutations, a WebSocket for subscriptions. */
import { Client, fetchExchange, mapExchange, subscriptionExchange } from "@urql/core";
import { createCache } from "./cache";
import { isSignedOut } from "./errors";
import { onSessionEnd, subscribe } from "./socket";

type Hooks = { readonly onSignedOut: () => void };

export function createClient({ onSignedOut }: Hooks): Client {
  onSessionEnd(onSignedOut);
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    // The header shows the server that no other site's form made the request.
    fetchOptions: { credentials: "same-origin", headers: { "x-assay": "1" } },
    exchanges: [
      mapExchange({ onError: (error) => isSignedOut(error) && onSignedOut() }),
      createCache(),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: (request) => ({ subscribe: (sink) => subscribe(request, sink) }) }),
    ],
  });
}
