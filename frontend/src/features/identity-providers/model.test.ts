import { describe, expect, it } from "vitest";
import { certificateState, certificateWarning, emptyDraft, inputOf, isComplete, usualAttributes } from "./model";

const now = Date.parse("2026-11-24T00:00:00Z");
const certificate = (notBefore: string, notAfter: string) => ({
  id: notAfter,
  fingerprint: "AB:CD",
  subject: "CN=idp",
  notBefore: `${notBefore}T00:00:00Z`,
  notAfter: `${notAfter}T00:00:00Z`,
  expired: false,
});
const good = certificate("2026-01-01", "2028-01-01");
const soon = certificate("2026-01-01", "2026-12-04");
const ended = certificate("2024-01-01", "2026-11-24");
const future = certificate("2026-12-01", "2028-12-01");

describe("certificates", () => {
  it("are judged by the day", () => {
    expect([good, soon, ended, future].map((one) => certificateState(one, now))).toEqual(["good", "soon", "expired", "future"]);
  });

  it("warn only where there is something to do", () => {
    expect(certificateWarning([ended, good], now)).toBeNull();
    expect(certificateWarning([soon, future], now)).toContain("in 10 days");
    expect(certificateWarning([ended], now)).toContain("No certificate is valid");
    expect(certificateWarning([], now)).toContain("no certificate");
  });
});

describe("a provider's form", () => {
  it("sends metadata alone, or what was typed", () => {
    expect(inputOf(null, { ...emptyDraft, name: " Okta ", metadataXml: " <xml/> ", entityId: "left over" })).toEqual({
      name: "Okta",
      metadataXml: "<xml/>",
      active: true,
      allowIdpInitiated: false,
      createUsers: true,
      allowSha1: false,
      emailAttribute: "",
      nameAttribute: "",
      groupsAttribute: "",
    });
    const typed = inputOf("p1", {
      ...emptyDraft,
      name: "Okta",
      from: "hand",
      entityId: "urn:x",
      ssoUrl: "https://idp.example/sso",
      certificate: "PEM",
    });
    expect(typed).toMatchObject({ id: "p1", entityId: "urn:x", sloUrl: "", certificates: ["PEM"] });
    expect(typed).not.toHaveProperty("metadataXml");
  });

  it("knows when it can be sent", () => {
    const typed = { ...emptyDraft, name: "Okta", from: "hand", entityId: "urn:x", ssoUrl: "https://idp.example/sso" } as const;
    expect(isComplete(typed, true)).toBe(false);
    expect(isComplete(typed, false)).toBe(true);
    expect(isComplete({ ...typed, certificate: "PEM" }, true)).toBe(true);
    expect(isComplete({ ...emptyDraft, name: "Okta" }, true)).toBe(false);
    expect(isComplete({ ...emptyDraft, metadataXml: "<xml/>" }, true)).toBe(false);
  });
});

it("offers the provider's own attributes first, each once", () => {
  const rules = [{ id: "r", place: 0, target: "ROLE", attribute: "team", op: "EXACT", value: "x", gives: [], none: true }] as const;
  expect(usualAttributes({ groupsAttribute: "groups", rules }).slice(0, 3)).toEqual(["groups", "team", "memberOf"]);
});
