import { expect, expectAccessible, signIn, test } from "../page";

test("a threshold is changed, interactions are analysed again, compared, and made current in one step", async ({ page }) => {
  await signIn(page);
  const administration = page.getByRole("navigation", { name: "Administration" });
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Administration" }).click();
  await administration.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByLabel("Silence from").fill("1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Save" })).toBeHidden();

  await administration.getByRole("link", { name: "Analyses", exact: true }).click();
  await page.getByRole("button", { name: "Analyse again" }).click();
  await page.getByRole("button", { name: "Start" }).click();
  const silences = page.getByRole("button", { name: /^Silences/ });
  await expect(page.getByRole("button", { name: "Make current" })).toBeVisible({ timeout: 60_000 });
  await expect(silences).toBeVisible();
  await expectAccessible(page);

  await silences.click();
  const entry = page.getByRole("dialog", { name: "Silences" }).getByRole("link").first();
  const after = /→ (\d+)/.exec(await entry.innerText())?.[1];
  await entry.click();
  await expect(page.getByRole("heading", { name: "Versions", level: 1 })).toBeVisible();
  await expect(
    page.getByRole("table", { name: "How they were made" }).getByRole("row", { name: /Silence threshold .* 1 s/ }),
  ).toBeVisible();
  const address = new URL(page.url()).pathname;
  await expectAccessible(page);

  await page.goto("/admin/analyses");
  await page.getByRole("button", { name: "Make current" }).click();
  await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "Make current" }).click();
  await expect(page.getByText("Made current")).toBeVisible();

  await page.goto(address.replace(/\/versions$/, ""));
  await expect(page.getByRole("button", { name: new RegExp(`^${after} silence`) })).toBeVisible();
  await page.getByRole("tab", { name: "Details" }).click();
  await page.getByRole("link", { name: "Versions and re-analysis" }).click();
  await expect(page.getByRole("button", { name: /Former/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "What was found" }).getByRole("row", { name: /Silences/ })).toContainText(after ?? "");
});
