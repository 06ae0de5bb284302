// A plugin that compiles, at build time, every sentence in src that has values in it: browsers then need no message parser.
import { readdirSync, readFileSync } from "node:fs";
import { compileMessage } from "@lingui/message-utils/compileMessage";

const name = "virtual:messages";
const call = /\bt\(\s*("(?:[^"\\]|\\.)*\{(?:[^"\\]|\\.)*")/g;

export function messages(root) {
  return {
    name: "assay-messages",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export default ${JSON.stringify(compileAll(root))};` : undefined),
  };
}

/** English sentence → its compiled form, of all sources but the tests. */
export function compileAll(root) {
  const files = readdirSync(root, { recursive: true }).filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file));
  const found = files.flatMap((file) => [...readFileSync(`${root}/${file}`, "utf8").matchAll(call)].map((match) => JSON.parse(match[1])));
  return Object.fromEntries([...new Set(found)].sort().map((message) => [message, compileMessage(message)]));
}
