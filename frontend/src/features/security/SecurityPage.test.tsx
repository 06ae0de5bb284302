import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderSignedIn } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { SecurityPage } from "./SecurityPage";

const session = (id: string, current: boolean) => ({
  __typename: "SignedInSession",
  id,
  createdAt: "2026-11-24T10:00:00Z",
  seenAt: "2026-11-24T11:00:00Z",
  expiresAt: "2026-12-24T10:00:00Z",
  address: "10.0.0.7",
  userAgent: current ? "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36" : "curl/8.5",
  method: "password",
  current,
});

const refused = (message: string, pointer: string) => ({ __typename: "InvalidInput", code: "invalid_input", message, pointer });

/** A person with a password and two sessions; the right code is 123456. */
function server(hasPassword = true) {
  let twoFactor = false;
  let sessions = [session("s2", false), session("s1", true)];
  const viewer = () => ({ __typename: "Viewer", id: "v1", twoFactor, hasPassword });
  return serve((operation) => {
    const variables = operation.variables as { code?: string };
    switch (nameOf(operation)) {
      case "Security":
        return { viewer: viewer() };
      case "MySessions":
        return { mySessions: sessions };
      case "RevokeSession":
        sessions = [session("s1", true)];
        return { revokeSession: { __typename: "RevokeSessionPayload" } };
      case "ChangePassword":
        return { changePassword: refused("This is not your present password.", "/input/old") };
      case "BeginTwoFactor":
        return { beginTwoFactor: { __typename: "BeginTwoFactorPayload", secret: "ABCDEFGH", uri: "otpauth://x", qr: "<svg/>" } };
      default:
        if (variables.code !== "123456") return { confirmTwoFactor: refused("This code is not right.", "/code") };
        twoFactor = true;
        return { confirmTwoFactor: { __typename: "ConfirmTwoFactorPayload", viewer: viewer(), recoveryCodes: ["aaa-bbb", "ccc-ddd"] } };
    }
  });
}

it("sets a second factor up, with recovery codes at the end", async () => {
  const user = userEvent.setup();
  renderSignedIn(<SecurityPage tokens={null} />, server());
  await user.click(await screen.findByRole("button", { name: "Set up a second factor" }));
  expect((await screen.findByRole("img", { name: /QR code/ })).getAttribute("src")).toMatch(/^data:image\/svg\+xml/);
  expect(screen.getByText("ABCD EFGH")).toBeDefined();
  await user.type(screen.getByLabelText(/Code that the app shows/), "000000");
  await user.click(screen.getByRole("button", { name: "Switch on" }));
  expect(await screen.findByText("This code is not right.")).toBeDefined();
  await user.clear(screen.getByLabelText(/Code that the app shows/));
  await user.type(screen.getByLabelText(/Code that the app shows/), "123456{Enter}");
  expect(await screen.findByText("ccc-ddd")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "I have stored them" }));
  expect(screen.getByText("On")).toBeDefined();
});

it("ends other sessions, and never the present one", async () => {
  const user = userEvent.setup();
  renderSignedIn(<SecurityPage tokens={null} />, server());
  await user.click(await screen.findByRole("button", { name: "End the session of curl" }));
  expect(await screen.findByText("Chrome on Linux")).toBeDefined();
  expect(screen.queryByRole("button", { name: /^End the session of/ })).toBeNull();
});

it("changes a password only where the present one is right", async () => {
  const user = userEvent.setup();
  renderSignedIn(<SecurityPage tokens={null} />, server());
  await user.click(await screen.findByRole("button", { name: "Change your password" }));
  await user.type(screen.getByLabelText("Present password"), "wrong");
  await user.type(screen.getByLabelText("New password"), "four plain words here");
  await user.type(screen.getByLabelText("New password again"), "four plain words there");
  await user.click(screen.getByRole("button", { name: "Change" }));
  expect(screen.getByText("The two are not the same.")).toBeDefined();
  await user.clear(screen.getByLabelText("New password again"));
  await user.type(screen.getByLabelText("New password again"), "four plain words here{Enter}");
  expect(await screen.findByText("This is not your present password.")).toBeDefined();
});

it("says where the password is, of somebody who has none here", async () => {
  renderSignedIn(<SecurityPage tokens={null} />, server(false));
  expect(await screen.findByText(/your password is kept there/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Set up a second factor" })).toBeNull();
});
