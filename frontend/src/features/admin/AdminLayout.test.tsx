import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { Provider } from "urql";
import { describe, expect, it } from "vitest";
import { silentClient, viewer } from "@/lib/testing/render";
import { ViewerProvider } from "@/lib/viewer";
import { AdminLayout } from "./AdminLayout";
import { adminSections, pageAt, sectionsFor } from "./pages";

async function show(address: string, accountPermissions: readonly string[]) {
  const root = createRootRoute({ component: () => <AdminLayout>the page itself</AdminLayout>, notFoundComponent: () => null });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: [address] }) });
  await router.load();
  render(
    <Provider value={silentClient()}>
      <ViewerProvider value={{ ...viewer, accountPermissions }}>
        <RouterProvider router={router as never} />
      </ViewerProvider>
    </Provider>,
  );
}

describe("the administration", () => {
  it("shows the pages that the viewer's account permissions open, and their sections", () => {
    const titles = sectionsFor({ ...viewer, accountPermissions: ["account.roles"] }).map((section) => section.pages.map((page) => page.to));
    expect(titles).toEqual([["/admin/roles"]]);
    expect(sectionsFor(viewer)).toEqual([]);
  });

  it("says of every page what it is for and who may open it", () => {
    for (const page of adminSections().flatMap((section) => section.pages)) {
      expect(page.purpose).not.toBe("");
      expect(page.permissions.length).toBeGreaterThan(0);
    }
  });

  it("knows the page that an address lies in", () => {
    expect(pageAt("/admin/users/VXNlcjox")?.to).toBe("/admin/users");
    expect(pageAt("/admin/usersx")).toBe(null);
    expect(pageAt("/admin")).toBe(null);
  });

  it("opens a page to whoever holds its permission", async () => {
    await show("/admin/users", ["account.users"]);
    expect(screen.getByText("the page itself")).toBeDefined();
    expect(screen.queryByRole("link", { name: "Roles" })).toBe(null);
  });

  it("says in its place that it is closed to others", async () => {
    await show("/admin/roles", ["account.users"]);
    expect(screen.queryByText("the page itself")).toBe(null);
    expect(screen.getByText("This page is not open to you")).toBeDefined();
    expect(screen.getByRole("heading", { level: 1, name: "Roles" })).toBeDefined();
  });
});
