/** Light, dark, or whatever the system says. public/theme.js applies the same choice before the first paint. */
export type ThemeChoice = "light" | "dark" | "system";

const key = "assay.theme";
const systemDark = () => matchMedia("(prefers-color-scheme: dark)");

export function themeChoice(): ThemeChoice {
  const stored = readStored(key);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function resolveTheme(choice: ThemeChoice, systemIsDark: boolean): "light" | "dark" {
  if (choice === "system") return systemIsDark ? "dark" : "light";
  return choice;
}

export function chooseTheme(choice: ThemeChoice): void {
  writeStored(key, choice);
  applyTheme();
}

/** Follows the system while the choice is `system`. */
export function watchSystemTheme(): void {
  systemDark().addEventListener("change", applyTheme);
}

function applyTheme(): void {
  document.documentElement.dataset.theme = resolveTheme(themeChoice(), systemDark().matches);
}

/** Calls back whenever the page turns light or dark: a canvas has to be drawn again. Returns the way to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** Storage may be switched off in the browser; then nothing is remembered. */
export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function writeStored(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Not remembered, and that is all.
  }
}
