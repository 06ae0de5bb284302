/** In what the settings and models of analyses differ: any JSON, flat, by the names that it is stored under. */
import { number, span } from "@/lib/format";

export type Making = { readonly analyzerVersion: string; readonly models: unknown; readonly settings: unknown };
export type MadeDifference = { readonly name: string; readonly before: string; readonly after: string };

/** Where two analyses were made otherwise; `–` where a side has no such value. */
export function madeDifferences(before: Making, after: Making): readonly MadeDifference[] {
  const [old, fresh] = [flat(before), flat(after)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  return names
    .filter((name) => old.get(name) !== fresh.get(name))
    .map((name) => ({ name, before: old.get(name) ?? none, after: fresh.get(name) ?? none }));
}

/**
 * Whether figures of both compare. What one side has no model or threshold of (a conversation without words, or in another language) is no
 * change of version.
 */
export function sameMaking(one: Making, other: Making): boolean {
  return madeDifferences(one, other).every(({ name, before, after }) => optional.test(name) && (before === none || after === none));
}

const optional = /^(Model|Thresholds): /;
const none = "–";

/** What a reader asks first: the account's thresholds and the models. */
export function making(one: Making): string {
  const rows = [...flat(one)];
  const limits = rows.filter(([name]) => name.endsWith(" threshold")).map(([name, value]) => `${name} ${value}`);
  const models = rows.filter(([name]) => name.startsWith("Model: ")).map(([, value]) => value);
  return [...limits, ...models].join(" · ");
}

/** Version, models and settings, by the name that a reader sees. */
function flat({ analyzerVersion, models, settings }: Making): Map<string, string> {
  const rows = [["Analyser", analyzerVersion] as const, ...entries(models, "Model: "), ...entries(settings, "")];
  return new Map(rows);
}

function entries(value: unknown, prefix: string): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) return entries(inner, `${prefix}${groupOf(key)}`);
    return inner === undefined ? [] : [[sentenceCase(prefix + nameOf(key)), textOf(key, inner)] as const];
  });
}

/** Constants are named by themselves. */
const groupOf = (key: string) => (key === "constants" ? "" : `${nameOf(key)}: `);

function textOf(key: string, value: unknown): string {
  if (value === null) return "off";
  if (typeof value !== "number") return String(value);
  if (key.endsWith("_ms")) return span(value);
  return number(value, Number.isInteger(value) ? 0 : Math.min(4, String(value).split(".")[1]?.length ?? 0));
}

const nameOf = (key: string) => thresholds[key] ?? key.replace(/_ms$/, "").replaceAll("_", " ");
const thresholds: Readonly<Record<string, string>> = { silence_ms: "silence threshold", crosstalk_ms: "crosstalk threshold" };
const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
