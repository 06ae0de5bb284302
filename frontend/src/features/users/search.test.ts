import { describe, expect, it } from "vitest";
import { isFiltered, parseUserSearch, toVariables, withFilter } from "./search";

describe("the address of the list of users", () => {
  it("keeps what it understands and drops the rest", () => {
    const raw = { q: " nair ", role: "agent", seat: "maybe", status: "inactive", source: "scim", after: "c1", before: "c2", evil: "x" };
    expect(parseUserSearch(raw)).toEqual({ q: "nair", role: "agent", status: "inactive", source: "scim", after: "c1" });
  });

  it("asks the server for what it says", () => {
    expect(toVariables({ q: "nair", seat: "no", status: "active", source: "saml", role: "agent", team: "t1" })).toEqual({
      first: 50,
      filter: { text: "nair", seat: false, active: true, source: "SAML", role: "agent", team: "t1" },
    });
  });

  it("pages by cursors, either way", () => {
    expect(toVariables({ after: "c1" })).toEqual({ first: 50, after: "c1", filter: {} });
    expect(toVariables({ before: "c1" })).toEqual({ last: 50, before: "c1", filter: {} });
  });

  it("goes back to the first page with every filter", () => {
    expect(withFilter({ q: "a", after: "c9" }, { seat: "yes" })).toEqual({ q: "a", seat: "yes" });
    expect(withFilter({ seat: "yes" }, { seat: "" })).toEqual({});
  });

  it("knows a filter from a place", () => {
    expect(isFiltered({ after: "c1" })).toBe(false);
    expect(isFiltered({ role: "agent" })).toBe(true);
  });
});
