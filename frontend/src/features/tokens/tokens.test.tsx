import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderSignedIn } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { MyTokens } from "./sections";

const token = (change: object = {}) => ({
  __typename: "ApiToken",
  id: "t1",
  name: "Nightly export",
  owner: null,
  scopes: ["read"],
  kind: "API",
  hint: "9xQ2",
  createdAt: "2026-11-01T00:00:00Z",
  expiresAt: "2099-01-01T00:00:00Z",
  lastUsedAt: null,
  revokedAt: null,
  ...change,
});

function server() {
  let tokens: object[] = [];
  const inputs: unknown[] = [];
  const client = serve((operation) => {
    const name = nameOf(operation);
    if (name === "MyTokens") return { myTokens: tokens };
    if (name === "TokenScopes")
      return { permissions: [{ __typename: "Permission", action: "interaction.read", title: "See interactions", description: "" }] };
    if (name === "RevokeToken") {
      tokens = [token({ revokedAt: "2026-11-25T00:00:00Z" })];
      return { revokeToken: { __typename: "RevokeTokenPayload", token: tokens[0] } };
    }
    inputs.push((operation.variables as { input: unknown }).input);
    tokens = [token()];
    return { createToken: { __typename: "CreateTokenPayload", token: tokens[0], secret: "assay_secret" } };
  });
  return { client, inputs };
}

it("makes a token, shows its secret once, and revokes it", async () => {
  const user = userEvent.setup();
  const { client, inputs } = server();
  renderSignedIn(<MyTokens />, client);
  expect(await screen.findByText("You have made no token.")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "New token" }));
  await user.type(screen.getByLabelText("Name"), "Nightly export");
  await user.click(await screen.findByLabelText(/See interactions/));
  await user.click(screen.getByRole("button", { name: "Create token" }));
  expect(await screen.findByText("assay_secret")).toBeDefined();
  expect(inputs).toEqual([{ name: "Nightly export", scopes: ["read", "interaction.read"], days: 90, kind: "API" }]);

  await user.keyboard("{Escape}");
  expect(screen.getByText("assay_secret")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "I have stored it" }));
  expect(screen.queryByText("assay_secret")).toBeNull();

  await user.click(await screen.findByRole("button", { name: "Revoke Nightly export" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Revoke" }));
  expect(await screen.findByText("1 token that no longer works")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Revoke Nightly export" })).toBeNull();
});
