import { t } from "@/i18n";

const browsers = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;

const systems = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux|X11/, "Linux"],
] as const;

/** What a person would call it: `Chrome on Linux`. What is not a known browser keeps the first word that it says of itself. */
export function browserName(userAgent: string | null): string {
  if (!userAgent) return t("Unknown browser");
  const browser = browsers.find(([sign]) => userAgent.includes(sign))?.[1];
  const system = systems.find(([sign]) => sign.test(userAgent))?.[1];
  if (!browser) return userAgent.split(/[\s/]/)[0] ?? userAgent;
  return system ? t("{browser} on {system}", { browser, system }) : browser;
}
