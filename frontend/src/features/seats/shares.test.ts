import { expect, it } from "vitest";
import { fillOf, inOrder, readSeats, shareOf } from "./shares";

it("shares are percent, and never more than the whole", () => {
  expect(shareOf(18, 25)).toBe(72);
  expect(shareOf(30, 25)).toBe(100);
  expect(shareOf(0, 0)).toBe(0);
});

it.each([
  [{ seats: 100, used: 89 }, "roomy"],
  [{ seats: 100, used: 90 }, "near"],
  [{ seats: 100, used: 100 }, "full"],
  [{ seats: 10, used: 12 }, "full"],
  [{ seats: 0, used: 0 }, "full"],
] as const)("%o is %s", (licence, fill) => expect(fillOf(licence)).toBe(fill));

it("puts nobody's team last", () => {
  const rows = [
    { team: null, used: 90 },
    { team: "a", used: 3 },
    { team: "b", used: 8 },
  ];
  expect(inOrder(rows).map((row) => row.team)).toEqual(["b", "a", null]);
});

it.each([
  ["25", 25],
  [" 1,200 ", 1200],
  ["0", 0],
  ["-1", null],
  ["2.5 k", null],
  ["", null],
  ["9999999", null],
] as const)("reads %j as %s seats", (text, seats) => expect(readSeats(text)).toBe(seats));
