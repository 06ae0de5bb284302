import { describe, expect, it } from "vitest";
import {
  addDays,
  clock,
  dateTime,
  dayOf,
  initials,
  interactionNumber,
  languageCode,
  languageName,
  number,
  percent,
  signed,
  span,
  timeOfDay,
} from "./format";

describe("format", () => {
  it.each([
    [0, "00:00"],
    [380_999, "06:20"],
    [3_725_000, "1:02:05"],
    [-5, "00:00"],
  ])("clock %d", (ms, text) => expect(clock(ms)).toBe(text));

  it.each([
    [8_200, "8.2 s"],
    [4_000, "4 s"],
    [72_000, "1 min 12 s"],
    [120_000, "2 min"],
    [119_800, "2 min"],
  ])("span %d", (ms, text) => expect(span(ms)).toBe(text));

  it("numbers have groups and a true minus", () => {
    expect(number(12486)).toBe("12,486");
    expect(number(-0.61, 2)).toBe("−0.61");
    expect(signed(4.2)).toBe("+4.2");
    expect(signed(-1)).toBe("−1.0");
    expect(percent(44)).toBe("44%");
  });

  it("an interaction's number is spaced for the eye", () => {
    expect(interactionNumber(104218)).toBe("104 218");
    expect(interactionNumber(7)).toBe("7");
    expect(interactionNumber(1234567)).toBe("1 234 567");
  });

  it("times are the account's, on 24 hours", () => {
    expect(timeOfDay("2026-11-24T23:30:00Z", "Europe/Berlin")).toBe("00:30");
    expect(dateTime("2026-11-24T13:02:00Z", "Europe/Berlin")).toBe("24 Nov 2026, 14:02");
    expect(dayOf(new Date("2026-11-24T23:30:00Z"), "Europe/Berlin")).toBe("2026-11-25");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });

  it("names languages and people", () => {
    expect(languageName("uk")).toBe("Ukrainian");
    expect(languageName("not a code")).toBe("not a code");
    expect(languageCode("en-US")).toBe("EN");
    expect(initials("Jonas Peter Krämer")).toBe("JK");
    expect(initials("Cher")).toBe("C");
  });
});
