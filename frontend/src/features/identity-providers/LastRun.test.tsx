import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderSignedIn } from "@/lib/testing/render";
import { serve } from "@/lib/testing/server";
import type { RuleRunFieldsFragment } from "./__generated__";
import { LastRun } from "./LastRun";

const run: RuleRunFieldsFragment = {
  askedAt: "2026-11-25T09:00:00Z",
  finishedAt: "2026-11-25T09:01:00Z",
  people: 340,
  done: 340,
  changed: 12,
  refused: 0,
};

function show(shown: RuleRunFieldsFragment | null) {
  const look = vi.fn();
  const client = serve(() => ({}));
  renderSignedIn(<LastRun run={shown} onLook={look} />, client);
  return look;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("says how far it is, and looks again until it has ended", () => {
  const look = show({ ...run, finishedAt: null, done: 120 });
  expect(screen.getByText("Everybody in the directory is being decided again: 120 of 340.")).toBeDefined();
  vi.advanceTimersByTime(6_500);
  expect(look).toHaveBeenCalledTimes(3);
});

it("says when that was, and who found no seat", () => {
  const look = show({ ...run, refused: 2 });
  expect(screen.getByText(/340 people, 12 changed\.$/)).toBeDefined();
  expect(screen.getByText(/2 people found no seat left/)).toBeDefined();
  vi.advanceTimersByTime(6_500);
  expect(look).not.toHaveBeenCalled();
});
