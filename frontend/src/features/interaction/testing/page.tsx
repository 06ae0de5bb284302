/** The interaction page before a server that holds one interaction. */
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { makeSubject, never } from "wonka";
import { renderSignedIn } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { InteractionPage } from "../InteractionPage";
import type { Interaction } from "../model/types";
import { type DetailSearch, parseDetailSearch } from "../search";
import { evidence, system } from "./answers";
import { english, words } from "./sample";
import { described } from "./typed";

export const media = {
  url: "/media/1",
  mimeType: "audio/wav",
  hasVideo: false,
  durationMs: 30_000,
  peaksUrl: "/media/1/peaks",
  channels: 2,
  channelRoles: ["AGENT", "CONSUMER"],
} as const;

function installation(found: () => Interaction | null) {
  const news = makeSubject<unknown>();
  const asked: unknown[] = [];
  const client = serve((operation) => {
    const one = found();
    switch (nameOf(operation)) {
      case "InteractionDetail":
        return { interaction: one && described(one) };
      case "InteractionWords":
        return {
          interaction: one && {
            __typename: "Interaction",
            id: one.id,
            transcript: { __typename: "Transcript", words: { __typename: "WordColumns", ...words } },
          },
        };
      case "InteractionTranslation":
        return {
          interaction: one && {
            __typename: "Interaction",
            id: one.id,
            transcript: { __typename: "Transcript", translation: { __typename: "Translation", texts: english } },
          },
        };
      case "InteractionProgress":
        return news.source;
      case "FigureEvidence":
        return { interaction: { __typename: "Interaction", id: "i1", analysis: { __typename: "Analysis", id: "a1", evidence } } };
      case "AssignSpeakerRole":
        asked.push(operation.variables);
        return { assignSpeakerRole: { __typename: "NotPermitted", code: "not_permitted", message: "You may not name speakers." } };
      case "InteractionLanguage":
        return { interaction: one && { __typename: "Interaction", id: one.id, languageConfidence: 0.93, languageChoices: ["en", "de"] } };
      case "SetInteractionLanguage":
        asked.push(operation.variables);
        return { setInteractionLanguage: { __typename: "InvalidInput", code: "invalid_input", message: "It is being worked on." } };
      case "System":
        return { system };
      default:
        return never;
    }
  });
  return { client, news, asked };
}

/** The page of the interaction that `found` gives, at an address of its own. */
export async function show(found: () => Interaction | null, address = "/interactions/i1") {
  const { client, ...rest } = installation(found);
  const root = createRootRoute();
  const detail = createRoute({
    getParentRoute: () => root,
    path: "/interactions/$id",
    validateSearch: (raw: Record<string, unknown>): DetailSearch => parseDetailSearch(raw),
    component: () => {
      const search = detail.useSearch();
      const navigate = detail.useNavigate();
      return <InteractionPage id="i1" search={search} onSearch={(next, replace) => navigate({ search: next, replace })} />;
    },
  });
  const router = createRouter({ routeTree: root.addChildren([detail]), history: createMemoryHistory({ initialEntries: [address] }) });
  await router.load();
  renderSignedIn(<RouterProvider router={router as never} />, client);
  return { router, ...rest };
}
