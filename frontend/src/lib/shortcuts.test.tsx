import { renderHook } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { keyName, useAllShortcuts, useLetters, useShortcuts } from "./shortcuts";

const plain = { ctrlKey: false, metaKey: false, shiftKey: false };

describe("shortcuts", () => {
  it("names keys", () => {
    expect(keyName({ ...plain, key: "j" })).toBe("j");
    expect(keyName({ ...plain, key: "?", shiftKey: true })).toBe("?");
    expect(keyName({ ...plain, key: "ArrowLeft", shiftKey: true })).toBe("Shift+ArrowLeft");
    expect(keyName({ ...plain, key: "k", metaKey: true })).toBe("Ctrl+k");
  });

  it("run on the page, not while typing, and not where letters are switched off", async () => {
    const run = vi.fn();
    const user = userEvent.setup();
    renderHook(() => useShortcuts([{ keys: ["j"], label: "Next", run }]));
    const letters = renderHook(() => useLetters());
    await user.keyboard("j");
    expect(run).toHaveBeenCalledTimes(1);

    const input = document.body.appendChild(document.createElement("input"));
    input.focus();
    await user.keyboard("j");
    expect(run).toHaveBeenCalledTimes(1);
    input.remove();

    letters.result.current[1](false);
    await user.keyboard("j");
    expect(run).toHaveBeenCalledTimes(1);
    letters.result.current[1](true);
  });

  it("are listed while their page is open", () => {
    const page = renderHook(() => useShortcuts([{ keys: ["x"], label: "Cut", run: () => {} }]));
    const all = renderHook(() => useAllShortcuts());
    expect(all.result.current.flat().map((one) => one.label)).toContain("Cut");
    page.unmount();
    expect(all.result.current.flat().map((one) => one.label)).not.toContain("Cut");
  });
});
