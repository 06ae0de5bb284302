import { describe, expect, it } from "vitest";
import { analysis, segments, transcript, words } from "../testing/sample";
import { codePoints } from "./code-points";
import { findInCall, firstFrom } from "./find";
import { countKinds, groupsOf, type Highlight, highlights, step } from "./highlights";
import { neighbour, rowAt, rowOfSegment, toRows } from "./rows";
import { reasonFor, sentence } from "./skipped";
import { isNode, nest, pieces, type Tree } from "./spans";
import { wordAt, wordsOf } from "./words";

const list = highlights(analysis, segments);

describe("code points", () => {
  it("count a surrogate pair once", () => {
    expect(codePoints("a💸b").length).toBe(3);
    expect(codePoints("a💸b").slice(1, 3)).toBe("💸b");
    expect(codePoints("abc").slice(1, 2)).toBe("b");
  });
});

describe("highlights", () => {
  it("stand in order of time, at their characters", () => {
    expect(list.map((one) => one.kind)).toEqual(["indicator", "step", "topic", "question"].sort((a, b) => order(a) - order(b)));
    const mention = list.find((one) => one.kind === "indicator") as Highlight;
    const part = mention.parts[0];
    expect(codePoints(segments.texts[1] ?? "").slice(part?.from ?? 0, part?.to ?? 0)).toBe("want to cancel");
    const question = list.find((one) => one.kind === "question");
    expect(question?.parts).toEqual([{ segment: 4, from: 11, to: 26 }]);
    const order_ = list.map((one) => one.startMs);
    expect(order_).toEqual([...order_].sort((a, b) => a - b));
  });

  it("a mention across segments has a part in each", () => {
    const mention = { ...analysis.mentions[0], segment: 1, endSegment: 2, charStart: 28, charEnd: 6 } as (typeof analysis.mentions)[number];
    const [across] = highlights({ ...analysis, mentions: [mention], topics: [], nextSteps: [], goodQuestions: [] }, segments);
    expect(across?.parts).toEqual([
      { segment: 1, from: 28, to: 43 },
      { segment: 2, from: 0, to: 6 },
    ]);
  });

  it("count, group, and step round the end", () => {
    expect(countKinds(list)).toEqual({ indicator: 1, topic: 1, question: 1, step: 1 });
    expect(groupsOf(list, "topic").map((group) => group.name)).toEqual(["Pricing"]);
    expect(step(list, null, 7_000, 1)?.kind).toBe("topic");
    expect(step(list, null, 7_000, -1)?.kind).toBe("step");
    expect(step(list, list.at(-1)?.id ?? "", 0, 1)).toBe(list[0]);
    expect(step(list, null, 99_000, 1)).toBe(list[0]);
    expect(step([], null, 0, 1)).toBeNull();
  });

  const order = (kind: string) => ["indicator", "step", "topic", "question"].indexOf(kind);
});

describe("spans", () => {
  const mark = (id: string, from: number, to: number) => ({ from, to, highlight: { id, kind: "indicator" } as Highlight });
  const show = (tree: Tree): string =>
    isNode(tree) ? `${tree.first ? "<" : "…"}${tree.mark.id}:${tree.children.map(show).join("")}>` : tree.text;

  it("cut at every boundary and keep the text whole", () => {
    const cut = pieces("one two three", [{ index: 7, from: 4, to: 7 }], [mark("a", 0, 7)], [{ index: 0, from: 5, to: 9 }]);
    expect(cut.map((piece) => piece.text)).toEqual(["one ", "t", "wo", " t", "hree"]);
    expect(cut.map((piece) => piece.word)).toEqual([null, 7, 7, null, null]);
    expect(cut.map((piece) => piece.hit)).toEqual([null, null, 0, 0, null]);
    expect(cut.map((piece) => piece.text).join("")).toBe("one two three");
  });

  it("nest, and split what overlaps in part", () => {
    expect(
      nest(pieces("abcdef", [], [mark("in", 1, 3), mark("out", 0, 5)], []))
        .map(show)
        .join(""),
    ).toBe("<out:a<in:bc>de>f");
    expect(
      nest(pieces("abcdef", [], [mark("x", 0, 4), mark("y", 2, 6)], []))
        .map(show)
        .join(""),
    ).toBe("<x:ab<y:cd>>…y:ef>");
    expect(
      nest(pieces("ab", [], [mark("x", 0, 99)], []))
        .map(show)
        .join(""),
    ).toBe("<x:ab>");
    expect(nest(pieces("", [], [], []))).toEqual([]);
  });
});

describe("rows", () => {
  const rows = toRows(transcript, analysis.events);

  it("are turns with the events between them", () => {
    expect(rows.map((row) => row.kind)).toEqual(["turn", "turn", "turn", "event", "event", "turn", "turn"]);
    expect(rowAt(rows, -5)).toBe(0);
    expect(rowAt(rows, 4_000)).toBe(1);
    expect(rowAt(rows, 15_000)).toBe(2);
    expect(rowAt(rows, 99_000)).toBe(6);
    expect(rowAt([], 0)).toBe(0);
    expect(rowOfSegment(rows, 3)).toBe(5);
    expect(neighbour(rows, 2, 1)).toBe(5);
    expect(neighbour(rows, 0, -1)).toBe(0);
  });

  it("cut long turns, show speakers without turns, and join events of a type", () => {
    const long = {
      ...segments,
      texts: segments.texts.map(() => "word ".repeat(40)),
      roles: ["AGENT", "AGENT", "AGENT", "AGENT", "OTHER"] as const,
    };
    const one = { role: "AGENT", startMs: 0, endMs: 25_000, segments: [0, 1, 2, 3], backchannel: false } as const;
    const cut = toRows({ segments: long, turns: [one] }, []);
    expect(cut.map((row) => (row.kind === "turn" ? row.segments : []))).toEqual([[0], [1], [2], [3], [4]]);
    const silences = [1, 2].map((at) => ({ type: "SILENCE", startMs: 10_000 * at, endMs: 10_000 * at + 5_000, role: null }) as const);
    expect(
      toRows(transcript, [
        { ...silences[0], startMs: 9_100, endMs: 14_200 } as (typeof silences)[0],
        { ...silences[0], startMs: 14_500 } as (typeof silences)[0],
      ]).filter((row) => row.kind === "event"),
    ).toHaveLength(1);
  });
});

describe("rows without words", () => {
  it("are one stretch of speech each", () => {
    const silent = { ...segments, texts: segments.texts.map(() => null) };
    const one = { role: "AGENT", startMs: 0, endMs: 9_000, segments: [0, 2], backchannel: false } as const;
    const found = toRows({ segments: silent, turns: [one] }, []).filter((row) => row.kind === "turn" && row.role === "AGENT");
    expect(found.map((row) => (row.kind === "turn" ? row.endMs - row.startMs : 0))).toEqual([2_600, 3_000, 4_000]);
  });
});

describe("words", () => {
  it("are found by segment and by time", () => {
    expect(wordsOf(words, 0)).toEqual([
      { index: 0, from: 0, to: 4 },
      { index: 1, from: 5, to: 13 },
    ]);
    expect(wordsOf(words, 3)).toEqual([]);
    expect(wordsOf(null, 0)).toEqual([]);
    expect(wordAt(words, [0], 700)).toBe(1);
    expect(wordAt(words, [0], 550)).toBe(-1);
    expect(wordAt(null, [0], 700)).toBe(-1);
  });
});

describe("search in the call", () => {
  it("ignores case, accents and the shape of apostrophes", () => {
    expect(findInCall(["Él llamó. ÉL", null, "el"], "el")).toEqual([
      { segment: 0, from: 0, to: 2 },
      { segment: 0, from: 10, to: 12 },
      { segment: 2, from: 0, to: 2 },
    ]);
    expect(findInCall(["I don’t know"], "don't")).toHaveLength(1);
  });

  it("counts code points and spaces as one", () => {
    expect(findInCall(["💸 paid  twice"], "paid")).toEqual([{ segment: 0, from: 2, to: 6 }]);
    expect(findInCall(["anything"], "  ")).toEqual([]);
    expect(
      firstFrom(
        [
          { segment: 2, from: 0, to: 1 },
          { segment: 5, from: 0, to: 1 },
        ],
        3,
      ),
    ).toBe(1);
    expect(firstFrom([{ segment: 2, from: 0, to: 1 }], 9)).toBe(0);
  });
});

describe("skipped", () => {
  it("gives the nearest reason as a sentence", () => {
    expect(reasonFor(analysis.skipped, "agent.fillers_per_min", "fillers_per_min")?.reason).toContain("leaves fillers out");
    expect(reasonFor([{ feature: "agent.words_per_min", reason: "x", remedy: null }], "words_per_min")?.reason).toBe("x");
    expect(reasonFor(analysis.skipped, "topics")).toBeNull();
    expect(sentence("the words are unknown")).toBe("The words are unknown.");
    expect(sentence("Really?")).toBe("Really?");
  });
});
