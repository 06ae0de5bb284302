import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseTheme, resolveTheme, themeChoice } from "./theme";

describe("theme", () => {
  beforeEach(() => localStorage.clear());

  it("resolves the choice", () => {
    expect(resolveTheme("system", true)).toBe("dark");
    expect(resolveTheme("system", false)).toBe("light");
    expect(resolveTheme("light", true)).toBe("light");
  });

  it("remembers and applies it", () => {
    expect(themeChoice()).toBe("system");
    chooseTheme("dark");
    expect(themeChoice()).toBe("dark");
    expect(document.documentElement.dataset.theme).toBe("dark");
  });
});

describe("tokens", () => {
  const css = readFileSync("src/styles/tokens.css", "utf8");
  const [light = "", dark = ""] = css.split(':root[data-theme="dark"]');
  const color = (theme: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(theme)?.[1] ?? "";
  const texts = [
    ["ink", "surface"],
    ["ink-2", "surface"],
    ["ink-3", "surface"],
    ["ink", "canvas"],
    ["ink-2", "canvas"],
    ["ink-3", "canvas"],
    ["ink-2", "sunken"],
    ["ink-3", "sunken"],
    ["ink-2", "nav"],
    ["ink-3", "nav"],
    ["ink-2", "accent-soft"],
    ["ink-3", "accent-soft"],
    ["ink-2", "raised"],
    ["ink-3", "raised"],
    ["on-ink", "ink"],
    ["on-ink", "ink-hover"],
    ["topic-ink", "topic-soft"],
    ["indicator-ink", "indicator-soft"],
    ["question-ink", "question-soft"],
    ["step-ink", "step-soft"],
    ["positive", "positive-soft"],
    ["negative", "negative-soft"],
    ["critical-ink", "critical-soft"],
    ["critical-ink", "surface"],
    ["accent-ink", "accent-soft"],
    ["agent-ink", "surface"],
    ["consumer-ink", "surface"],
  ] as const;

  it.each(texts)("%s on %s is readable in both themes", (front, back) => {
    expect(contrast(color(light, front), color(light, back))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(color(dark, front), color(dark, back))).toBeGreaterThanOrEqual(4.5);
  });

  it("edges of controls and bars of meters stand out", () => {
    for (const theme of [light, dark])
      for (const name of ["line-3", "accent", "agent", "positive", "negative"])
        expect(contrast(color(theme, name), color(theme, "surface"))).toBeGreaterThanOrEqual(3);
  });
});

/** WCAG 2.2, relative luminance. */
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
