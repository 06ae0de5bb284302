import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderRouted } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import type { TopicSearch } from "./search";
import { TopicsPage } from "./TopicsPage";

const sentence = (text: string) => ({
  __typename: "TopicSentence",
  text,
  language: "en",
  english: null,
  translation: "NOT_NEEDED",
  translatedBy: null,
  remedy: null,
});

function topic(id: string, name: string, custom: boolean, change: object = {}) {
  return {
    __typename: "TopicDefinition",
    id,
    name,
    custom,
    active: true,
    version: 1,
    changedAt: "2026-11-24T13:00:00Z",
    inForceAt: "2026-11-24T13:00:00Z",
    changedBy: null,
    interactions: 4,
    applied: { __typename: "TopicApplied", conversations: 10, of: 10, firstDay: "2026-11-02", lastDay: "2026-11-20" },
    sentences: ["What does it cost?", "Is there a discount?", "That is too expensive."].map(sentence),
    ...change,
  };
}

const passage = {
  __typename: "TopicPreviewPassage",
  interaction: { __typename: "Interaction", id: "i1", number: 104218 },
  segment: 3,
  startMs: 42_000,
  role: "CONSUMER",
  text: "Well. I want to leave you today.",
  english: null,
  highlightStart: 6,
  highlightEnd: 32,
  score: 0.93,
  sentence: 0,
  nearness: 0.81,
  change: null,
  also: ["Legal"],
};

const preview = {
  __typename: "TopicPreview",
  conversations: 30,
  of: 30,
  complete: true,
  otherLanguages: 2,
  caution: null,
  usableSentences: 3,
  withheld: null,
  matching: 6,
  matchingBefore: null,
  gained: null,
  lost: null,
  passages: 7,
  found: [passage],
  missed: [{ ...passage, segment: 5, score: null, text: "I signed it.", highlightStart: 0, highlightEnd: 12, also: [] }],
  competing: [{ __typename: "CompetingTopic", name: "Legal", passages: 1, sentences: [1] }],
  remarks: [{ __typename: "SentenceRemark", sentence: 1, kind: "NEAR_OTHER_TOPIC", message: "This lies close to another." }],
};

type Given = { own?: object[]; previews?: object[]; refused?: object };

function server({ own = [], previews = [preview], refused }: Given = {}) {
  let mine = own;
  const asked: string[] = [];
  const left = [...previews];
  const client = serve((operation) => {
    const name = nameOf(operation);
    if (name === "Runs") return { reanalyses: [] };
    if (name === "Topics") {
      const languages = [
        { __typename: "TopicLanguage", code: "en", name: "English", translated: true },
        { __typename: "TopicLanguage", code: "de", name: "German", translated: false },
      ];
      const bounds = { mostTopics: 10, leastSentences: 3, mostSentences: 100, measuredSentences: [10, 20] };
      return {
        topicDefinitions: { __typename: "TopicDefinitions", topics: [topic("d1", "Pricing", false), ...mine], languages, ...bounds },
      };
    }
    asked.push(`${name} ${JSON.stringify(operation.variables)}`);
    if (name === "TopicPreview") return { topicPreview: left.length > 1 ? left.shift() : left[0] };
    const field = name.charAt(0).toLowerCase() + name.slice(1);
    if (refused) return { [field]: refused };
    if (name === "SwitchTopic")
      return { switchTopic: { __typename: "SwitchTopicPayload", topic: topic("d1", "Pricing", false, { active: false }) } };
    mine = [topic("t9", "Leaving", true, { sentences: ["I want to leave.", "How do I go?", "Close it now please."].map(sentence) })];
    return { [field]: { __typename: `${name}Payload`, topic: mine[0] } };
  });
  return { client, asked };
}

function Page({ first = {} }: { readonly first?: TopicSearch }) {
  const [search, setSearch] = useState(first);
  return <TopicsPage search={search} onSearch={setSearch} />;
}

async function write(...texts: string[]) {
  for (const [place, text] of texts.entries()) await userEvent.type(screen.getByRole("textbox", { name: `Sentence ${place + 1}` }), text);
}

it("lists the topics and shows what guides a default one, which can be switched off", async () => {
  const { client, asked } = server();
  await renderRouted(<Page first={{ topic: "d1" }} />, client);
  expect(await screen.findByText("That is too expensive.")).toBeDefined();
  expect(screen.getByText("0 of 10 of your own")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
  await userEvent.click(screen.getByRole("switch", { name: /Look for it/ }));
  await waitFor(() => expect(asked).toEqual(['SwitchTopic {"id":"d1","on":false}']));
  expect(await screen.findByText(/New analyses leave it out/)).toBeDefined();
});

it("tries what is written, shows passages with their place, and saves", async () => {
  const { client, asked } = server({ previews: [{ ...preview, conversations: 12, complete: false }, preview] });
  await renderRouted(<Page first={{ topic: "new" }} />, client);
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), "Leaving");
  expect(screen.getByText(/see here what they find/)).toBeDefined();
  await write("I want to leave.", "How do I go?", "Close it now please.");
  const found = await screen.findByRole("list", { name: "Found" }, { timeout: 5_000 });
  expect(within(found).getByText("I want to leave you today.").tagName).toBe("MARK");
  expect(within(found).getByRole("link").getAttribute("href")).toBe("/interactions/i1?t=42");
  expect(within(found).getByText("also Legal")).toBeDefined();
  expect(screen.getByText("of 30 conversations")).toBeDefined();
  expect(screen.getByText("20%")).toBeDefined();
  expect(screen.getByText(/2 in other languages not tried/)).toBeDefined();
  expect(within(screen.getByRole("list", { name: "Just missed" })).getByText(/not near enough/)).toBeDefined();
  expect(screen.getByText("This lies close to another.")).toBeDefined();
  expect(asked.filter((each) => each.startsWith("TopicPreview"))).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: "Add topic" }));
  await waitFor(() => expect(screen.getByRole("heading", { name: "Leaving" })).toBeDefined());
  expect(asked.at(-1)?.startsWith("TopicPreview") || asked.some((each) => each.startsWith("CreateTopic"))).toBe(true);
  expect(asked.find((each) => each.startsWith("CreateTopic"))).toBe(
    'CreateTopic {"input":{"name":"Leaving","sentences":[{"text":"I want to leave."},{"text":"How do I go?"},{"text":"Close it now please."}]}}',
  );
});

it("shows a refusal at the sentence that it is about", async () => {
  const refused = { __typename: "InvalidInput", code: "invalid_input", message: "Write a whole sentence.", pointer: "/input/sentences/1" };
  const { client } = server({ refused });
  await renderRouted(<Page first={{ topic: "new" }} />, client);
  await screen.findByRole("textbox", { name: "Name" });
  await write("I want to leave.", "Go", "Close it now please.");
  await userEvent.click(screen.getByRole("button", { name: "Add topic" }));
  expect(await screen.findByText("Write a whole sentence.")).toBeDefined();
  expect(screen.getByRole("textbox", { name: "Sentence 2" }).getAttribute("aria-invalid")).toBe("true");
});

it("makes sentences of a pasted list, and a new one with Enter", async () => {
  const { client } = server();
  await renderRouted(<Page first={{ topic: "new" }} />, client);
  await userEvent.click(await screen.findByRole("textbox", { name: "Sentence 1" }));
  await userEvent.paste("1. I want to leave.\n2. How do I go?\n3. Close it now please.\n4. I am going elsewhere.");
  expect((screen.getByRole("textbox", { name: "Sentence 4" }) as HTMLTextAreaElement).value).toBe("I am going elsewhere.");
  await userEvent.type(screen.getByRole("textbox", { name: "Sentence 4" }), "{Enter}");
  expect(await screen.findByRole("textbox", { name: "Sentence 5" })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Remove sentence 1" }));
  expect((screen.getByRole("textbox", { name: "Sentence 1" }) as HTMLTextAreaElement).value).toBe("How do I go?");
});

it("says why nothing more is told, and never a word, to whoever sees no interactions", async () => {
  const hidden = { ...preview, withheld: "You see no interactions.", found: [], missed: [], competing: [], remarks: [] };
  const { client } = server({ own: [topic("t1", "Leaving", true)], previews: [hidden] });
  await renderRouted(<Page first={{ topic: "t1" }} />, client);
  expect(await screen.findByText("You see no interactions.", {}, { timeout: 5_000 })).toBeDefined();
  expect(screen.queryByRole("list", { name: "Found" })).toBeNull();
});

it("offers no eleventh topic", async () => {
  const own = Array.from({ length: 10 }, (_, place) => topic(`t${place}`, `Topic ${place}`, true));
  const { client } = server({ own });
  await renderRouted(<Page first={{ topic: "d1" }} />, client);
  expect(await screen.findByText("10 of 10 of your own")).toBeDefined();
  expect((screen.getByRole("button", { name: "New topic" }) as HTMLButtonElement).disabled).toBe(true);
});

it("says that history knows older topics", async () => {
  const applied = { __typename: "TopicApplied", conversations: 4, of: 10, firstDay: "2026-11-02", lastDay: "2026-11-20" };
  const { client } = server({ own: [topic("t1", "Leaving", true, { applied })] });
  await renderRouted(<Page first={{ topic: "d1" }} />, client);
  expect(await screen.findByText(/Leaving changed since 6 conversations were analysed/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Analyse history again" })).toBeDefined();
});
