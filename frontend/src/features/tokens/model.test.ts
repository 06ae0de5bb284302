import { describe, expect, it } from "vitest";
import { daysLeft, scopeChoices, scopeLabel, stateOf } from "./model";

const now = Date.parse("2026-11-24T12:00:00Z");
const token = (expiresAt: string, revokedAt: string | null = null) => ({ expiresAt, revokedAt });

describe("a token", () => {
  it("is active until its instant, and revoked before all", () => {
    expect(stateOf(token("2026-11-24T12:00:01Z"), now)).toBe("active");
    expect(stateOf(token("2026-11-24T12:00:00Z"), now)).toBe("expired");
    expect(stateOf(token("2026-12-24T12:00:00Z", "2026-11-01T00:00:00Z"), now)).toBe("revoked");
  });

  it("counts whole days that are left", () => {
    expect(daysLeft(token("2026-11-25T11:59:00Z"), now)).toBe(0);
    expect(daysLeft(token("2026-11-26T12:00:00Z"), now)).toBe(2);
    expect(daysLeft(token("2026-01-01T00:00:00Z"), now)).toBe(0);
  });
});

describe("scopes", () => {
  const permissions = [
    { action: "interaction.read", title: "See interactions", description: "Words, sound and scores." },
    { action: "interaction.ingest", title: "Take interactions in", description: "" },
  ];

  it("offers what the viewer holds, and no more", () => {
    const viewer = { permissions: ["interaction.read:team"], accountPermissions: ["account.audit", "account.later"] };
    expect(scopeChoices(viewer, permissions).map(({ name, title }) => [name, title])).toEqual([
      ["read", "Read everything that you may read"],
      ["interaction.read", "See interactions"],
      ["account.audit", "Read the audit log"],
      ["account.later", "account.later"],
    ]);
  });

  it("names them in a row", () => {
    expect(scopeLabel("read", permissions)).toBe("Reads everything");
    expect(scopeLabel("interaction.ingest", permissions)).toBe("Take interactions in");
    expect(scopeLabel("account.users", [])).toBe("Administer users");
  });
});
