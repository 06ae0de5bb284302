import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compiled } from "../../scripts/messages.mjs";
import { keep, t } from ".";

const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.test\./.test(file) && !file.startsWith("i18n"),
);

describe("t", () => {
  it("puts values in, with plurals of the language", () => {
    keep(compiled('t("{total, plural, one {# matches} other {# match}}", { total })') as Parameters<typeof keep>[0]);
    expect(t("{total, plural, one {# matches} other {# match}}", { total: 1 })).toBe("1 matches");
    expect(t("{total, plural, one {# matches} other {# match}}", { total: 12486 })).toBe("12,486 match");
    expect(t("Queue")).toBe("Queue");
  });

  it("has every sentence with values compiled, in the module that says it", () => {
    let calls = 0;
    for (const file of sources) {
      const code = readFileSync(`src/${file}`, "utf8");
      const known = compiled(code);
      for (const [, literal] of code.matchAll(/\bt\(\s*("(?:[^"\\]|\\.)*"|`[^`]*`)\s*,\s*\{/g)) {
        calls += 1;
        expect(known).toHaveProperty([JSON.parse(literal ?? "")]);
      }
    }
    expect(calls).toBeGreaterThan(20);
  });
});
