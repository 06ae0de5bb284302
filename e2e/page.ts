import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page that fails its test on any console error, uncaught exception or violation of the content security policy. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** As the account's owner, or as the person whose email and password are given. */
export async function signIn(page: Page, email = "owner@example.com", password = process.env.E2E_PASSWORD ?? ""): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Account").fill("journeys");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Interactions" })).toBeVisible();
}

/** Runs axe on the page as it stands; the script goes in by the debugger, which the content security policy does not reach. */
export async function expectAccessible(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const answer = await session.send("Runtime.evaluate", {
    expression:
      "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']})" +
      ".then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))])))",
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  expect(JSON.parse(String(answer.result.value))).toEqual([]);
}

export { expect };

/**
 * Notes from now on which stages a consumer's row shows, however briefly: a quick machine is through them between two looks. The function
 * that it gives reads the notes.
 */
export async function everyStageShown(page: Page, consumer: string): Promise<() => Promise<string[]>> {
  const notes = await page.evaluateHandle((name) => {
    const seen = new Set<string>();
    const look = () => {
      for (const row of document.querySelectorAll('[role=row]')) {
        const stage = /Queued|Decoding|Transcribing|Analysing/.exec(row.textContent ?? "");
        if (stage !== null && row.textContent?.includes(name)) seen.add(stage[0]);
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    return seen;
  }, consumer);
  return () => notes.evaluate((seen) => [...seen]);
}
