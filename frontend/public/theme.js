// Runs before the first paint, so that the page never flashes in the wrong theme. Kept in step with src/lib/theme.ts.
(() => {
  let choice = "system";
  try {
    choice = localStorage.getItem("assay.theme") ?? "system";
  } catch {
    // Storage may be refused; the system's theme is then used.
  }
  const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
