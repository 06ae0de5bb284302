// Weighs the build as browsers load it, gzip -9, along the manifest's static imports. Fails where a budget is broken.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budgets = { shell: 130, route: 220, css: 15, chunk: 80 };
const dist = new URL("../dist/", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, "utf8"));
const weighed = new Map();

function weigh(file) {
  if (!weighed.has(file)) weighed.set(file, gzipSync(readFileSync(dist + file), { level: 9 }).length / 1024);
  return weighed.get(file);
}

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) closure(imported, seen);
  return seen;
}

const kilobytes = (keys) => [...keys].reduce((sum, key) => sum + weigh(manifest[key].file), 0);
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const shell = closure(entry);
const rows = [["shell", kilobytes(shell), budgets.shell]];
const css = new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []));
rows.push(["css", [...css].reduce((sum, file) => sum + weigh(file), 0), budgets.css]);

const routes = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && key.startsWith("src/routes/"));
for (const key of routes) {
  const all = new Set([...shell, ...closure(key)]);
  rows.push([key.replace("src/routes/", "").replace(/\?.*/, ""), kilobytes(all), budgets.route]);
}
for (const [key, chunk] of Object.entries(manifest)) {
  if (chunk.file.endsWith(".js") && !shell.has(key) && weigh(chunk.file) > budgets.chunk)
    rows.push([chunk.file, weigh(chunk.file), budgets.chunk]);
}

let broken = false;
for (const [name, size, budget] of rows) {
  const over = size > budget;
  broken ||= over;
  console.log(`${over ? "OVER " : "     "}${name.padEnd(36)} ${size.toFixed(1).padStart(7)} KB gz of ${budget}`);
}
if (broken) process.exit(1);
