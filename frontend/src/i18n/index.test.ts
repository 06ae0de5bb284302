import { readdirSync, readFileSync } from "node:fs";
import english from "virtual:messages";
import { describe, expect, it } from "vitest";
import { t } from ".";

describe("t", () => {
  it("puts values in, with plurals of the language", () => {
    expect(t("{total, plural, one {# matches} other {# match}}", { total: 1 })).toBe("1 matches");
    expect(t("{total, plural, one {# matches} other {# match}}", { total: 12486 })).toBe("12,486 match");
    expect(t("Queue")).toBe("Queue");
  });

  it("has every sentence with values compiled", () => {
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
      (file) => /\.tsx?$/.test(file) && !/\.test\./.test(file),
    );
    const calls = sources.flatMap((file) =>
      [...readFileSync(`src/${file}`, "utf8").matchAll(/\bt\(\s*("(?:[^"\\]|\\.)*"|`[^`]*`)\s*,\s*\{/g)].map((match) => match[1] ?? ""),
    );
    expect(calls.length).toBeGreaterThan(20);
    for (const call of calls) expect(english).toHaveProperty([JSON.parse(call)]);
  });
});
