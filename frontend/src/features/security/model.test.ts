import { expect, it } from "vitest";
import { codesFile, grouped, imageAddress, methodLabel, passwordFault } from "./model";

it("says how a session was opened", () => {
  expect(methodLabel("SAML")).toBe("Identity provider");
  expect(methodLabel("passkey")).toBe("passkey");
});

it("groups a secret for typing", () => expect(grouped("ABCDEFGHIJ")).toBe("ABCD EFGH IJ"));

it("keeps a picture out of the page's own markup, and complete by itself", () => {
  const address = imageAddress('<svg viewBox="0 0 9 9"><path/></svg>');
  expect(address.startsWith("data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns%3D%22http")).toBe(true);
  expect(imageAddress(decodeURIComponent(address.split(",")[1] ?? ""))).toBe(address);
});

it("judges a new password only as far as the page can", () => {
  expect(passwordFault("short", "short")).toContain("12");
  expect(passwordFault("long enough for it", "long enough for its")).toContain("same");
  expect(passwordFault("long enough for it", "long enough for it")).toBeNull();
});

it("writes recovery codes one a line", () => expect(codesFile(["a-b", "c-d"])).toBe("data:text/plain;charset=utf-8,a-b%0Ac-d%0A"));
