import { sample } from "../house";
import { everyStageShown, expect, expectAccessible, signIn, test } from "../page";
import { ingest } from "../server";

test("wrong words do not open the door", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Account").fill("journeys");
  await page.getByLabel("Email").fill("owner@example.com");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
});

test("a call goes through its stages live, is opened, and plays from a change of sentiment", async ({ page }) => {
  await signIn(page);
  await expect(page.getByText("Priya Nair").first()).toBeVisible();
  await expectAccessible(page);

  const { consumer } = sample("04-card-fraud");
  const row = page.getByRole("row").filter({ hasText: consumer });
  const shown = await everyStageShown(page, consumer);
  await ingest("04-card-fraud");
  await expect(row.getByText(/^\d{1,3}$/).first()).toBeVisible({ timeout: 80_000 });
  expect(await shown(), "stages that the list showed while the call went through them").not.toEqual([]);

  await page.getByRole("row").filter({ hasText: "Priya Nair" }).first().click();
  await expect(page).toHaveURL(/\/interactions\/\w+/);
  await expect(page.getByRole("tab", { name: "Analytics" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Play" }).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("list", { name: "Changes of sentiment" }).getByRole("button").first().click();
  await page.getByRole("button", { name: /^Play \d+ s/ }).first().click();
  const media = page.locator("audio, video").first();
  await expect.poll(() => media.evaluate((element: HTMLMediaElement) => element.currentTime)).toBeGreaterThan(1);
  expect(await media.evaluate((element: HTMLMediaElement) => element.error)).toBeNull();
});
