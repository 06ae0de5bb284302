// Beside each file of the build that is text: the same in Brotli and gzip, for servers to send as they are.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const smallest = 1024;

for (const file of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|svg)$/.test(file)) continue;
  const content = readFileSync(dist + file);
  if (content.length < smallest) continue;
  writeFileSync(`${dist}${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${dist}${file}.gz`, gzipSync(content, { level: 9 }));
}
