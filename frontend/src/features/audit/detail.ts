/** What an entry holds beside its sentence, as rows of name and value. Pure. */
import { span } from "@/lib/format";

export type Fact = { readonly name: string; readonly value: string };
export type Change = { readonly name: string; readonly before: string; readonly after: string };
export type Detail = { readonly facts: readonly Fact[]; readonly changes: readonly Change[] };

type Entry = Readonly<Record<string, unknown>>;

export function readDetail(detail: unknown): Detail {
  if (!isEntry(detail)) return { facts: detail === null || detail === undefined ? [] : [{ name: "", value: show(detail) }], changes: [] };
  const { changes, ...rest } = detail;
  const listed = Array.isArray(changes) ? changes.filter(isEntry) : [];
  return {
    facts: Object.entries(listed.length || changes === undefined ? rest : detail).map(([name, value]) => ({
      name: words(name),
      value: show(value),
    })),
    changes: listed.map(readChange),
  };
}

function readChange(change: Entry): Change {
  const given = words(String(change.setting ?? change.field ?? change.name ?? ""));
  const time = given.endsWith(" ms");
  const value = (one: unknown) => (time && typeof one === "number" ? span(one) : show(one));
  return {
    name: time ? given.slice(0, -3) : given,
    before: value(change.old ?? change.before ?? null),
    after: value(change.new ?? change.after ?? null),
  };
}

/** `acknowledgementDays`, `user_id` → `acknowledgement days`, `user id`. */
export function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}

function show(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.length ? value.map(show).join(", ") : "–";
  if (isEntry(value))
    return Object.entries(value)
      .map(([name, one]) => `${words(name)}: ${show(one)}`)
      .join("; ");
  if (value === true) return "on";
  if (value === false) return "off";
  return String(value);
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
