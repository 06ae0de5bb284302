import { createRouter } from "@tanstack/react-router";
import type { Client } from "@urql/core";
import { routeTree } from "@/routes.gen";
import { parseSearch, stringifySearch } from "./search";

export type RouterContext = { readonly client: Client };

export function makeRouter(client: Client) {
  return createRouter({ routeTree, context: { client }, defaultPreload: "intent", parseSearch, stringifySearch, trailingSlash: "never" });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
