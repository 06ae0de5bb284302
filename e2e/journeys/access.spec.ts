import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../page";

const ada = { name: "Ada Byron", email: "ada@example.com" };

async function open(page: Page, name: "Users" | "Seats" | "Teams" | "Roles"): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Administration" }).click();
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Adds a person and gives back the password that is shown once. */
async function add(page: Page, person: { readonly name: string; readonly email: string }): Promise<string> {
  await page.getByRole("button", { name: "Add user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(person.name);
  await dialog.getByLabel("Email").fill(person.email);
  await dialog.getByText("Supervisor", { exact: true }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add user" }).click();
  return (await dialog.locator("code").innerText()).trim();
}

async function pick(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).fill(text);
  await page.getByRole("option", { name: new RegExp(text) }).click();
}

test.describe.serial("an administrator gives access, and takes it", () => {
  let password = "";

  test("a person with a seat and a role, who leads a team", async ({ page }) => {
    await signIn(page);
    await open(page, "Users");
    await expectAccessible(page);
    password = await add(page, ada);
    await page.getByRole("link", { name: `Open ${ada.name}` }).click();
    await expect(page.getByText(/Assigned by .* by hand/)).toBeVisible();
    await expect(page.getByRole("checkbox", { name: /^Supervisor/ })).toBeChecked();
    await expectAccessible(page);

    await open(page, "Teams");
    await page.getByRole("button", { name: "Add team" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Roaming");
    await page.getByRole("dialog").getByRole("button", { name: "Add team" }).click();
    await expect(page.getByRole("heading", { level: 2, name: "Roaming" })).toBeVisible();
    await pick(page, "Add a supervisor", ada.name);
    await pick(page, "Add an agent", "Priya Nair");
    await expect(page.getByRole("button", { name: "Take Priya Nair out of Roaming" })).toBeVisible();
    await expectAccessible(page);
  });

  test("who sees the calls of that team, no more, and nothing of the administration", async ({ page }) => {
    await signIn(page, ada.email, password);
    await expect(page.getByRole("row").filter({ hasText: "Priya Nair" }).first()).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: "Tom Adeyemi" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
    await page.goto("/admin/users");
    await expect(page.getByText("This page is not open to you")).toBeVisible();
    await expectAccessible(page);
  });

  test("the matrix decides how far, and the steps say why", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await signIn(page);
    await open(page, "Roles");
    await expectAccessible(page);
    await page.getByRole("combobox", { name: "Supervisor: See interactions" }).selectOption("ALL");
    await page.getByRole("button", { name: "Save changes" }).click();
    const supervisor = page.getByRole("columnheader").filter({ hasText: "Supervisor" });
    await expect(supervisor.getByText("Changed")).toBeVisible();

    await page.getByText("Explain", { exact: true }).click();
    await pick(page, "Person", ada.name);
    const decision = page.getByRole("region", { name: "Decision" });
    await expect(decision.getByRole("listitem").filter({ hasText: "Supervisor" })).toContainText("every interaction");
    await expect(page).toHaveURL(/view=why.*user=/);
    await expectAccessible(page);

    await page.getByText("Matrix", { exact: true }).click();
    await supervisor.getByRole("button", { name: "Actions for the role Supervisor" }).click();
    await page.getByRole("menuitem", { name: "Reset to default" }).click();
    await page.getByRole("button", { name: "Reset to default" }).click();
    await expect(supervisor.getByText("Changed")).toHaveCount(0);

    await supervisor.getByRole("button", { name: "Actions for the role Supervisor" }).click();
    await page.getByRole("menuitem", { name: "Copy" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Shift lead");
    await page.getByRole("button", { name: "Add role" }).click();
    await expect(page.getByRole("columnheader").filter({ hasText: "Shift lead" })).toBeVisible();
    await page.getByRole("button", { name: "Actions for the role Shift lead" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete role" }).click();
    await expect(page.getByRole("columnheader").filter({ hasText: "Shift lead" })).toHaveCount(0);
  });

  test("the seat that is one too many is refused, and what is bought is the owner's to say", async ({ page }) => {
    await signIn(page);
    await open(page, "Seats");
    await expect(page.getByText("2 of 10 used")).toBeVisible();
    await expectAccessible(page);
    const edit = async (seats: string) => {
      await page.getByRole("button", { name: /^Edit / }).click();
      await page.getByRole("dialog").getByLabel("Seats bought").fill(seats);
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    };
    await edit("1");
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText("2");
    await page.keyboard.press("Escape");
    await edit("2");
    await expect(page.getByText("2 of 2 used")).toBeVisible();

    await open(page, "Users");
    await page.getByRole("button", { name: "Add user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Charles Babbage");
    await dialog.getByLabel("Email").fill("charles@example.com");
    await dialog.getByRole("button", { name: "Add user" }).click();
    await expect(dialog.getByRole("alert")).toContainText("No seat is left");
    await dialog.getByRole("button", { name: "Add without a seat" }).click();
    await expect(dialog.getByText(/without a seat/)).toBeVisible();
    await page.keyboard.press("Escape");

    await open(page, "Seats");
    await edit("10");
    await expect(page.getByText("2 of 10 used")).toBeVisible();
  });

  test("deactivated, the person is out at once and the seat is free", async ({ page, browser }) => {
    const theirs = await (await browser.newContext()).newPage();
    await signIn(theirs, ada.email, password);
    await signIn(page);
    await open(page, "Users");
    await page.getByRole("searchbox", { name: "Find by name or email" }).fill("ada");
    await expect(page).toHaveURL(/q=ada/);
    await page.getByRole("link", { name: ada.name }).click();
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Deactivate" }).click();
    await page.getByRole("button", { name: "Deactivate" }).click();
    await expect(page.getByText("No seat", { exact: true })).toBeVisible();
    await expect(page.getByText("Released")).toBeVisible();
    await expect(theirs.getByLabel("Password", { exact: true })).toBeVisible();
    await theirs.context().close();
  });
});

test("on a phone the administration holds together", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page);
  for (const address of ["/admin", "/admin/users", "/admin/seats", "/admin/teams", "/admin/roles"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("[aria-hidden=true].animate-breathe")).toHaveCount(0);
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
});
