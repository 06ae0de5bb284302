import { expect, expectAccessible, signIn, test } from "../page";

test("words find their call, the address keeps the search, and Back undoes it", async ({ page }) => {
  await signIn(page);
  await expect(page.getByRole("row").filter({ hasText: "Margaret Doyle" })).toHaveCount(3);
  const search = page.getByRole("searchbox", { name: "Search transcripts" }).or(page.getByRole("textbox", { name: "Search transcripts" }));
  await search.first().fill("zebra crossing giraffe");
  await search.first().press("Enter");
  await expect(page.getByRole("row").filter({ hasText: "Margaret Doyle" })).toHaveCount(0);
  await expect(page).toHaveURL(/zebra/);
  await search.first().fill('"roaming charge"');
  await search.first().press("Enter");
  await expect(page.getByRole("row").filter({ hasText: "Margaret Doyle" }).first()).toBeVisible();
});

test("an interaction opens at a moment, explains its figures, and leads to its siblings", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await signIn(page);
  await page.getByRole("row").filter({ hasText: "Priya Nair" }).first().click();
  await expect(page.getByRole("tab", { name: "Analytics" })).toBeVisible();
  const address = new URL(page.url());
  await page.goto(`${address.pathname}?t=60`);
  await expect(page.getByText("01:00").first()).toBeVisible();

  await page.getByRole("button", { name: /How .*ngagement.* came about/ }).first().click();
  await expect(page.getByText(/100 × \(0\.4 ×/)).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("tab", { name: "Details" }).click();
  await expect(page).toHaveURL(/tab=details/);
  await expectAccessible(page);

  await page.getByRole("link", { name: /Tom Adeyemi/ }).first().click();
  await expect(page.getByText(/Tom Adeyemi/).first()).toBeVisible();
  expect(new URL(page.url()).pathname).not.toBe(address.pathname);
});

test("on a phone the pages hold together", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await signIn(page);
  await expect(page.getByText("Margaret Doyle").first()).toBeVisible();
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
