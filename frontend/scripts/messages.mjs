// A plugin that compiles, at build time, every sentence in src that has values in it: browsers then need no message parser. Each module
// brings its own sentences along, so that a page's are loaded with the page.
import { compileMessage } from "@lingui/message-utils/compileMessage";

const call = /\bt\(\s*("(?:[^"\\]|\\.)*\{(?:[^"\\]|\\.)*")/g;
const source = /\/src\/(?!i18n\/).*\.tsx?$/;

export function messages() {
  return {
    name: "assay-messages",
    // The text as it was written: other plugins may quote it differently.
    enforce: "pre",
    transform(code, id) {
      const [file] = id.split("?");
      if (!source.test(file) || /\.test\./.test(file)) return undefined;
      const found = compiled(code);
      if (Object.keys(found).length === 0) return undefined;
      // On the first line, so that the others keep their numbers.
      return { code: `import { keep as $keep } from "@/i18n"; $keep(${JSON.stringify(found)}); ${code}`, map: null };
    },
  };
}

/** English sentence → its compiled form, of one module's text. */
export function compiled(code) {
  const found = [...code.matchAll(call)].map((match) => JSON.parse(match[1]));
  return Object.fromEntries([...new Set(found)].map((message) => [message, compileMessage(message)]));
}
