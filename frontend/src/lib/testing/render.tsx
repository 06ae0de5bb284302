import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { type Client, Provider } from "urql";
import { fromValue, never } from "wonka";
import type { InteractionRowFragment } from "@/features/interactions/__generated__";
import { type Viewer, ViewerProvider } from "@/lib/viewer";

export const viewer: Viewer = {
  id: "v1",
  name: "Rosa Meier",
  email: "rosa@example.com",
  locale: "en",
  roles: ["Supervisor"],
  hasSeat: true,
  permissions: ["interaction.read:team"],
  accountRole: "MEMBER",
  accountPermissions: [],
  twoFactor: false,
  hasPassword: true,
  seatRefusal: null,
  agent: null,
  account: { id: "a1", slug: "demo", name: "Demo", region: "eu", timezone: "Europe/Berlin", analysisEnabled: true },
};

/** What a client answers to a mutation; queries and subscriptions stay silent. */
export function silentClient(mutation: unknown = {}): Client {
  return {
    executeQuery: () => never,
    executeSubscription: () => never,
    executeMutation: () => fromValue({ data: mutation, stale: false, hasNext: false }),
  } as unknown as Client;
}

export function renderSignedIn(children: ReactNode, client: Client = silentClient()) {
  return render(
    <Provider value={client}>
      <ViewerProvider value={viewer}>{children}</ViewerProvider>
    </Provider>,
  );
}

export function interaction(change: Partial<InteractionRowFragment> = {}): InteractionRowFragment {
  const id = change.id ?? "i1";
  return {
    id,
    number: 104218,
    agent: { id: "g1", name: "Priya Nair" },
    team: { id: "t1", name: "Billing" },
    consumer: "Daniel Okafor",
    queue: { id: "q1", name: "Billing" },
    channel: "VOICE",
    direction: "INBOUND",
    language: "en",
    startedAt: "2026-11-24T13:02:00Z",
    day: "2026-11-24",
    durationMs: 758_000,
    offline: false,
    engagement: { id: "e1" },
    progress: { interactionId: id, status: "DONE", percent: null, reason: null, updatedAt: "2026-11-24T13:20:00Z" },
    engagementScore: 71,
    sentimentScore: 38,
    withoutWords: false,
    topics: [],
    indicators: [],
    indicatorMentions: 0,
    viewerCan: { retry: false },
    ...change,
  };
}

/** Signed in, below a router of its own, so that links work. */
export async function renderRouted(children: ReactNode, client?: Client) {
  const root = createRootRoute({ component: () => children });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ["/"] }) });
  await router.load();
  // The application's own router is the registered type; this one is only for links.
  return { router, ...renderSignedIn(<RouterProvider router={router as never} />, client) };
}
