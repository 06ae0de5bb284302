import { describe, expect, it } from "vitest";
import type { Bounds, Line, Topic } from "./model";
import { adviceFor, appliedLabel, behind, blank, byLine, draftOf, edited, filled, inputs, isChanged, pasted, sentencesIn } from "./model";

const saved = (text: string, more: Partial<Topic["sentences"][number]> = {}): Topic["sentences"][number] => ({
  text,
  language: "en",
  english: null,
  translation: "NOT_NEEDED",
  translatedBy: null,
  remedy: null,
  ...more,
});

const german = saved("Wann läuft das aus?", { language: "de", english: "When does it end?", translation: "BY_MODEL", translatedBy: "m 1" });

const topic = (change: Partial<Topic> = {}): Topic => ({
  id: "t1",
  name: "Leaving",
  custom: true,
  active: true,
  version: 3,
  changedAt: "2026-11-24T13:00:00Z",
  inForceAt: "2026-11-24T13:00:00Z",
  changedBy: null,
  interactions: 4,
  applied: { conversations: 8, of: 10, firstDay: "2026-11-02", lastDay: "2026-11-20" },
  sentences: [saved("I want to leave."), saved("Please close my account."), german],
  ...change,
});
const bounds = { leastSentences: 3, mostSentences: 100, mostTopics: 10, measuredSentences: [10, 20] } as unknown as Bounds;
const texts = (lines: readonly Line[]) => lines.map((line) => line.text);

describe("what is pasted", () => {
  it("becomes a sentence a line, without bullets, numbers and quotation marks", () => {
    const list = '1. I want to leave.\n• "How do I cancel?"\n\n  - Close it, please.\r\n“Goodbye to you.”\t3 people asked.';
    expect(sentencesIn(list)).toEqual(["I want to leave.", "How do I cancel?", "Close it, please.", "Goodbye to you.", "3 people asked."]);
  });

  it("takes the place of empty lines, and leaves out what is there", () => {
    const lines = [blank("I want to leave."), blank(), blank()];
    expect(texts(pasted(lines, 1, ["How do I cancel?", "i want to LEAVE.", "Close it."], ""))).toEqual([
      "I want to leave.",
      "How do I cancel?",
      "Close it.",
    ]);
  });

  it("comes after a line that has words", () => {
    expect(texts(pasted([blank("One"), blank("Two")], 0, ["Three", "Four"], ""))).toEqual(["One", "Three", "Four", "Two"]);
  });
});

describe("a draft", () => {
  it("begins with room for the fewest sentences, and is not changed", () => {
    const draft = draftOf(null, 3);
    expect(draft.lines).toHaveLength(3);
    expect(filled(draft)).toEqual([]);
    expect(isChanged(draft, null)).toBe(false);
  });

  it("is unchanged as saved, and gives the server what is saved", () => {
    const draft = draftOf(topic(), 3);
    expect(isChanged(draft, topic())).toBe(false);
    expect(inputs(draft)).toEqual([
      { text: "I want to leave.", language: "en" },
      { text: "Please close my account.", language: "en" },
      { text: "Wann läuft das aus?", language: "de" },
    ]);
  });

  it("is changed by a word, a language, a translation, one more or one less", () => {
    const draft = draftOf(topic(), 3);
    const with_ = (change: Parameters<typeof edited>[1]) => ({
      ...draft,
      lines: draft.lines.map((line, at) => (at === 2 ? edited(line, change) : line)),
    });
    for (const change of [{ text: "Wann endet das?" }, { language: "nl" }, { english: "When does this end?" }]) {
      expect(isChanged(with_(change), topic())).toBe(true);
    }
    expect(isChanged({ ...draft, lines: draft.lines.slice(1) }, topic())).toBe(true);
    expect(isChanged({ ...draft, lines: [...draft.lines, blank("One more of them")] }, topic())).toBe(true);
    expect(isChanged({ ...draft, lines: [...draft.lines, blank("  ")] }, topic())).toBe(false);
    expect(isChanged({ ...draft, name: "Gone" }, topic())).toBe(true);
  });

  it("drops a translation with the text that it was made from, and keeps one's own", () => {
    const line = draftOf(topic(), 3).lines[2] as Line;
    expect(edited(line, { text: "Wann endet das?" })).toMatchObject({ english: "", saved: null });
    expect(inputs({ name: "x", lines: [edited(line, { english: "When is it over?" })] })).toEqual([
      { text: "Wann läuft das aus?", language: "de", english: "When is it over?" },
    ]);
  });

  it("finds the line that a remark is about, past empty ones", () => {
    const lines = [blank("One is here"), blank(), blank("Two is here")];
    const remark = { sentence: 1, kind: "ALIKE" as const, message: "…" };
    expect([...byLine({ name: "", lines }, [remark])]).toEqual([[lines[2]?.key, [remark]]]);
  });
});

it("says how sure it is", () => {
  expect(adviceFor(2, bounds)).toContain("At least 3");
  expect(adviceFor(3, bounds)).toContain("measured with 10");
  expect(adviceFor(10, bounds)).toContain("Enough to rely on");
  expect(adviceFor(20, bounds)).toContain("As many");
});

it("says to which conversations it has been applied", () => {
  const of = (change: Partial<Topic["applied"]>) => appliedLabel(topic({ applied: { ...topic().applied, ...change } }), "2026-11-25");
  expect(of({})).toContain("8 of 10 conversations");
  expect(of({ conversations: 10 })).toContain("all conversations");
  expect(of({ conversations: 0 })).toContain("No conversation");
  expect(of({ conversations: 0, of: 0 })).toContain("Nothing has been analysed");
  expect(behind([topic(), topic({ applied: { ...topic().applied, conversations: 10 } })])).toHaveLength(1);
});
