/** Every number, time and date that a reader sees. Milliseconds and ISO 8601 in, text out. */
import { locale } from "@/i18n";

const minus = "−";

/** 380000 → `06:20`, 3725000 → `1:02:05`. */
export function clock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** For ears and short lines: 102000 → `1 min 42 s`, 8200 → `8.2 s`. */
export function span(ms: number): string {
  if (ms < 60_000) return `${number(ms / 1000, ms % 1000 === 0 ? 0 : 1)} s`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.round((ms % 60_000) / 1000);
  if (seconds === 60) return `${minutes + 1} min`;
  return seconds ? `${minutes} min ${seconds} s` : `${minutes} min`;
}

/** Grouped by the locale, with a true minus sign. */
export function number(value: number, digits = 0): string {
  const format = new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return format.format(value).replace("-", minus);
}

/** 4.2 → `+4.2`, −1 → `−1.0`. */
export function signed(value: number, digits = 1): string {
  return value > 0 ? `+${number(value, digits)}` : number(value, digits);
}

export function percent(share: number, digits = 0): string {
  return `${number(share, digits)}%`;
}

/** 104218 → `104 218`: the space is for the eye only, a no-break one. */
export function interactionNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, " ");
}

/** 14:41, always 24 hours, in the account's zone. */
export function timeOfDay(iso: string, timeZone: string): string {
  return formatDate(iso, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** 24 Nov 2026, 14:41. */
export function dateTime(iso: string, timeZone: string): string {
  const day = formatDate(iso, { timeZone, day: "numeric", month: "short", year: "numeric" });
  return `${day}, ${timeOfDay(iso, timeZone)}`;
}

/** A calendar day (`2026-11-24`), which has no zone: Tuesday 24 November. */
export function dayLong(day: string, today: string): string {
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  return formatDate(`${day}T12:00:00Z`, { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", ...year }).replace(",", "");
}

/** 24 Nov, with the year where it is not this one. */
export function dayShort(day: string, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  return formatDate(`${day}T12:00:00Z`, { timeZone: "UTC", day: "numeric", month: "short", ...year });
}

/** The calendar day of an instant in a zone, `2026-11-24`. */
export function dayOf(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(instant);
}

export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** `de` → `German`; an unknown code stays as it is. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: "language", fallback: "code" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** `en-US` → `EN`. */
export function languageCode(code: string): string {
  return (code.split("-")[0] ?? code).toUpperCase();
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

function formatDate(iso: string, options: Intl.DateTimeFormatOptions): string {
  // en-GB writes the day before the month and 24 hours, as the product does in English.
  return new Intl.DateTimeFormat(locale() === "en" ? "en-GB" : locale(), options).format(new Date(iso));
}
