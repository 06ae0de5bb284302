import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { assay, environment, port } from "../house";
import { expect, expectAccessible, signIn, test } from "../page";

const run = promisify(execFile);
const origin = `http://127.0.0.1:${port}`;

/** The code that an authenticator app shows now (RFC 6238: SHA-1, 30 s, six digits). */
function code(secret: string): string {
  const bits = [...secret.replaceAll(" ", "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A new person without a seat, made by the command line; the password. */
async function newcomer(email: string): Promise<string> {
  const made = await run(assay, ["account", "add-user", "journeys", email, "--name", "Mia Sato", "--no-seat"], { env: environment() });
  return /password\W+(\S+)/i.exec(made.stdout)?.[1] ?? "";
}

async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Account").fill("journeys");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a setting says when it takes effect, and its change stands in the audit log", async ({ page }) => {
  await signIn(page);
  await page.goto("/admin/settings");
  await expect(page.getByText(/Takes effect:/).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Silence from").fill("0");
  await expect(page.getByText("Enter seconds from 0.1 to 600.")).toBeVisible();
  await page.getByLabel("Silence from").fill("6.5");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Settings saved.")).toBeVisible();

  await page.goto("/admin/audit?action=settings.change");
  await page
    .getByRole("button", { name: /Changed the settings/ })
    .first()
    .click();
  await expect(page.getByRole("cell", { name: "6.5 s" })).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.getByLabel("Words in the entry").fill("nobody ever wrote this");
  await expect(page.getByText("No entry matches")).toBeVisible();
  await expect(page).toHaveURL(/q=nobody/);
});

test("an identity provider is connected by hand, ruled by keyboard, tried, and offered at sign-in", async ({ page, browser }) => {
  await signIn(page);
  await page.goto("/admin/identity/new");
  await page.getByLabel("Name", { exact: true }).fill("Contoso");
  await page.getByLabel("Metadata XML").fill("<nonsense/>");
  await page.getByRole("button", { name: "Add the provider" }).click();
  await expect(page.getByText(/This is no SAML metadata/)).toBeVisible();
  await page.getByText("By hand", { exact: true }).click();
  await page.getByLabel("Entity ID of the provider").fill("https://idp.example/entity");
  await page.getByLabel("Sign-in address of the provider").fill("https://idp.example/sso");
  const made = await run("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "/dev/null",
    "-days",
    "20",
    "-subj",
    "/CN=idp.example",
  ]);
  await page.getByLabel("Signing certificate").fill(made.stdout);
  await page.getByRole("button", { name: "Add the provider" }).click();
  await expect(page.getByRole("heading", { name: "Contoso" })).toBeVisible();
  await expect(page.getByText(/The last valid certificate ends in \d+ days/)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Mapping rules" }).click();
  const seat = page.getByRole("region", { name: "Seat" });
  for (const value of ["Contractors", "Agents"]) {
    await seat.getByRole("button", { name: "Add a rule" }).click();
    await seat.getByLabel("Value").last().fill(value);
  }
  await seat
    .getByRole("button", { name: /A match gives/ })
    .last()
    .click();
  await page.getByRole("dialog").getByRole("checkbox").first().check({ force: true });
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await seat
    .getByRole("button", { name: /A match gives/ })
    .first()
    .click();
  await page.getByRole("dialog").getByText("No seat").click();
  await page.keyboard.press("Escape");
  await seat.getByLabel("Value").last().press("Alt+ArrowUp");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save rules" }).click();
  await expect(page.getByText(/Rules saved/)).toBeVisible();
  await page.reload();
  await expect(seat.getByLabel("Value").first()).toHaveValue("Agents");
  await expect(seat.getByRole("button", { name: "A match gives: No seat" })).toBeVisible();

  await page.getByRole("tab", { name: "Try a response" }).click();
  await page.getByLabel("SAML response").fill("<Response/>");
  await page.getByRole("button", { name: "See what would happen" }).click();
  await expect(page.getByRole("region", { name: "Verdict" }).getByText("Refused", { exact: true })).toBeVisible();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${origin}/sign-in?error=replayed`);
  await expect(stranger.getByRole("alert").first()).toContainText("Start again here");
  await stranger.getByLabel("Account").fill("journeys");
  await expect(stranger.getByRole("link", { name: "Continue with Contoso" })).toHaveAttribute("href", /\/saml\/.+\/login\?return_to=/);
  await expectAccessible(stranger);
  await stranger.context().close();

  await page.getByRole("tab", { name: "Connection" }).click();
  await page.getByRole("button", { name: "Remove this provider" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(/\/admin\/identity$/);
});

test("a provisioning token is shown once, and a user is tried without being made", async ({ page }) => {
  await signIn(page);
  await page.goto("/admin/identity/scim");
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name").fill("Entra");
  await page.getByRole("button", { name: "Create token" }).click();
  const secret = await page.getByRole("dialog").locator("code").textContent();
  await page.getByRole("button", { name: "I have stored it" }).click();
  const headers = { authorization: `Bearer ${secret}` };
  expect((await page.request.get(`${origin}/scim/v2/Users`, { headers })).status()).toBe(200);
  await page.getByRole("tab", { name: "Try a user" }).click();
  await page.getByRole("button", { name: "See what would happen" }).click();
  await expect(page.getByRole("region", { name: "Verdict" }).getByText("Accepted")).toBeVisible();
  await expectAccessible(page);
  const found = await (await page.request.get(`${origin}/scim/v2/Users`, { headers })).json();
  expect(JSON.stringify(found)).not.toContain("ada@example.com");
});

test("without a seat a person is told so, and keeps their own account in hand", async ({ page, browser }) => {
  const password = await newcomer("mia@example.com");
  await enter(page, "mia@example.com", password);
  await expect(page.getByRole("heading", { name: "You have no seat yet" })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/admin/settings");
  await expect(page.getByText("This page is not open to you")).toBeVisible();

  await page.goto("/me");
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (await page.locator("code").first().textContent()) ?? "";
  await page.getByLabel(/Code that the app shows/).fill(code(secret));
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByText(/Keep these recovery codes/)).toBeVisible();
  await expectAccessible(page);
  const recovery = (await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").first().textContent()) ?? "";
  await page.getByRole("button", { name: "I have stored them" }).click();

  const other = await (await browser.newContext()).newPage();
  await enter(other, "mia@example.com", password);
  await expect(other.getByRole("heading", { name: "Second step" })).toBeVisible();
  await expectAccessible(other);
  await other.getByRole("button", { name: "Use a recovery code" }).click();
  await other.getByLabel("Recovery code").fill(recovery);
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("heading", { name: "You have no seat yet" })).toBeVisible();

  await page.reload();
  await page
    .getByRole("button", { name: /^End the session of/ })
    .first()
    .click();
  await expect(page.getByText("The session has ended.")).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await other.context().close();
});

test("on a phone and in the dark the pages of signing in and of the account hold together", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page);
  for (const path of [
    "/admin/settings",
    "/admin/audit",
    "/admin/identity",
    "/admin/identity/new",
    "/admin/identity/scim?tab=rules",
    "/admin/tokens",
    "/me",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(
      page
        .getByRole("heading", { level: 2 })
        .or(page.getByRole("list", { name: /Entries/ }))
        .first(),
    ).toBeVisible();
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
