import { expect, it } from "vitest";
import { localAddress } from "./model";
import { level } from "./ShapeOfACall";

it.each(["/interactions", "/interactions?agent=a", "/about"])("%s is an address of ours", (address) => {
  expect(localAddress(address)).toBe(address);
});

it.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/sign-in?next=/", "", undefined, 5])(
  "%s is not followed",
  (address) => {
    expect(localAddress(address)).toBeUndefined();
  },
);

it("the ornament stays within its picture", () => {
  for (let index = 0; index < 96; index++) expect(level(index).height).toBeLessThan(200);
});
