import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../page";

const sentences = [
  "The bill for using my phone abroad is far too high.",
  "I was charged for data while I was travelling.",
  "Nobody told me what roaming would cost.",
  "Why did I pay so much for the internet on holiday?",
];

async function open(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Administration" }).click();
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Topics", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Topics" })).toBeVisible();
}

test("a topic is written, tried on the calls, saved, and found in history", async ({ page }) => {
  test.setTimeout(300_000);
  await signIn(page);
  await open(page);
  await page.getByRole("button", { name: /^Pricing/ }).click();
  await expect(page.getByRole("switch", { name: /Look for it/ })).toBeChecked();
  await expectAccessible(page);

  await page.getByRole("button", { name: "New topic" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Roaming");
  for (const [place, text] of sentences.entries()) {
    await page.getByRole("textbox", { name: `Sentence ${place + 1}`, exact: true }).fill(text);
    if (place < sentences.length - 1) await page.keyboard.press("Enter");
  }
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByRole("list", { name: "Found" })).toBeVisible({
    timeout: 60_000,
  });
  await expect(preview).toHaveAttribute("aria-busy", "false", {
    timeout: 120_000,
  });
  await expect(preview.getByRole("list", { name: "Found" }).getByRole("link").first()).toHaveAttribute("href", /^\/interactions\/.+\?t=/);
  await expect(preview.locator("mark").first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: /^Licensing/ }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Add topic" }).click();
  await expect(page.getByRole("button", { name: /^Roaming/ })).toHaveAttribute("aria-current", "true");

  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("button", { name: "Analyse history again" }).click();
  await page.getByRole("link", { name: "See what differs, and make it current" }).click({ timeout: 120_000 });
  await expect(page.getByRole("cell", { name: "Roaming" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Make current" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make current" }).click();
  await open(page);
  await expect(page.getByRole("button", { name: /^Roaming .* in [1-9]\d* interactions?/ })).toBeVisible();
  await expectAccessible(page);
});
