import { expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./search";

it("writes addresses that can be read, and reads them again", () => {
  const search = { agent: "QWdlbnQ6MQ==,QWdlbnQ6Mg==", date: "2026-11-01..2026-11-24", q: "refund & more" };
  const text = stringifySearch(search);
  expect(text).toBe("?agent=QWdlbnQ6MQ==,QWdlbnQ6Mg==&date=2026-11-01..2026-11-24&q=refund+%26+more");
  expect(parseSearch(text)).toEqual(search);
});

it("leaves no trace of what is absent", () => {
  expect(stringifySearch({ a: undefined, b: "", c: null })).toBe("");
  expect(stringifySearch({ t: 95.2 })).toBe("?t=95.2");
});
