import { configure } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, vi } from "vitest";

/** For the tests of a file, or of a `describe`: the test's page has no layout, no sound and no canvas, so it is told how large it is. */
export function withoutLayout(): void {
  beforeAll(() => {
    // Whether each element is hidden is what makes finding by role slow on a whole page.
    configure({ defaultHidden: true, asyncUtilTimeout: 10_000 });
    vi.setConfig({ testTimeout: 20_000 });
    for (const side of ["clientHeight", "offsetHeight"] as const) vi.spyOn(HTMLElement.prototype, side, "get").mockReturnValue(900);
    for (const side of ["clientWidth", "offsetWidth"] as const) vi.spyOn(HTMLElement.prototype, side, "get").mockReturnValue(1200);
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 404 })));
    vi.stubGlobal("matchMedia", (query: string) => ({
      matches: /min-width/.test(query),
      addEventListener: () => {},
      removeEventListener: () => {},
    }));
  });
  afterAll(() => {
    configure({ defaultHidden: false, asyncUtilTimeout: 1_000 });
    vi.resetConfig();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  beforeEach(() => localStorage.clear());
}
