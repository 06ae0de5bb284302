import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { renderRouted, silentClient } from "@/lib/testing/render";
import { SignInPage } from "./SignInPage";

const refused = (message: string, retryAfterS: number | null) =>
  silentClient({ signIn: { __typename: "SignInRefused", code: "sign_in_refused", message, retryAfterS } });

async function fillIn(password: string) {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Account"), "demo");
  await user.type(screen.getByLabelText("Email"), "rosa@example.com");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

describe("sign-in", () => {
  beforeEach(() => localStorage.clear());

  it("names each field that is empty", async () => {
    await renderRouted(<SignInPage next="/interactions" />);
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    expect(screen.getByLabelText("Email").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("Enter your password.")).toBeDefined();
  });

  it("shows the server's refusal", async () => {
    await renderRouted(<SignInPage next="/interactions" />, refused("No user of this account has that email and password.", null));
    await fillIn("wrong");
    expect((await screen.findByText(/No user of this account/)).closest("[role=alert]")).not.toBeNull();
    expect(localStorage.getItem("assay.account")).toBeNull();
  });

  it("waits as long as the server says", async () => {
    await renderRouted(<SignInPage next="/interactions" />, refused("Too many attempts.", 42));
    await fillIn("again");
    expect(await screen.findByText(/in 42 seconds/)).toBeDefined();
    expect(screen.getByRole("button", { name: "Sign in" }).hasAttribute("disabled")).toBe(true);
  });

  it("starts with the account of last time", async () => {
    localStorage.setItem("assay.account", "acme");
    await renderRouted(<SignInPage next="/interactions" />);
    expect(screen.getByLabelText<HTMLInputElement>("Account").value).toBe("acme");
    expect(document.activeElement).toBe(screen.getByLabelText("Email"));
  });
});
