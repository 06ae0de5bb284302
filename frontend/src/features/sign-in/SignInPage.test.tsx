import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { renderRouted, silentClient } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { refusalCode, refusalSentence } from "./refusals";
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

describe("an account’s ways in", () => {
  const provider = { __typename: "SignInProvider", id: "p1", name: "Contoso", url: "/saml/abc/login" };
  const account = (password: boolean, answers: readonly unknown[] = []) => {
    const rest = [...answers];
    return serve((operation) =>
      nameOf(operation) === "SignInMethods"
        ? { signInMethods: { __typename: "SignInMethods", password, providers: [provider] } }
        : nameOf(operation) === "SignIn"
          ? { signIn: rest.shift() }
          : { viewer: null },
    );
  };
  beforeEach(() => localStorage.setItem("assay.account", "acme"));

  it("leads to the provider, and back to the page that was asked for", async () => {
    await renderRouted(<SignInPage next="/interactions?q=a&b" />, account(true));
    const link = await screen.findByRole("link", { name: "Continue with Contoso" });
    expect(link.getAttribute("href")).toBe("/saml/abc/login?return_to=%2Finteractions%3Fq%3Da%26b");
    expect(screen.getByLabelText("Password")).toBeDefined();
  });

  it("keeps the password for owners where it is switched off", async () => {
    await renderRouted(<SignInPage next="/interactions" />, account(false));
    await screen.findByRole("link", { name: "Continue with Contoso" });
    expect(screen.queryByLabelText("Password")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /owner/ }));
    expect(screen.getByLabelText("Password")).toBeDefined();
  });

  it("asks for a code, says when it is wrong, and takes a recovery code", async () => {
    const user = userEvent.setup();
    const needed = { __typename: "SecondFactorNeeded", code: "second_factor_needed", message: "A code is needed." };
    const wrong = { __typename: "SignInRefused", code: "sign_in_refused", message: "This code is not right.", retryAfterS: null };
    await renderRouted(<SignInPage next="/interactions" />, account(true, [needed, wrong]));
    await user.type(screen.getByLabelText("Email"), "rosa@example.com");
    await user.type(screen.getByLabelText("Password"), "right");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await user.type(await screen.findByLabelText("Code"), "000000");
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect((await screen.findByText("This code is not right.")).closest("[role=alert]")).not.toBeNull();
    await user.click(screen.getByRole("button", { name: "Use a recovery code" }));
    expect(screen.getByLabelText<HTMLInputElement>("Recovery code").value).toBe("");
  });
});

describe("a provider’s answer that was not taken", () => {
  it("is explained in words, by its code alone", async () => {
    await renderRouted(<SignInPage next="/interactions" error="replayed" />);
    expect(screen.getByText(/Start again here/).closest("[role=alert]")).not.toBeNull();
    expect(refusalSentence("unknown_person")).toContain("add you");
    expect(refusalSentence("anything_else")).toBe(refusalSentence("malformed"));
  });

  it.each(["<b>", "Expired", "a".repeat(41), "", 5, undefined])("%s is no code", (value) => {
    expect(refusalCode(value)).toBeUndefined();
  });
});
