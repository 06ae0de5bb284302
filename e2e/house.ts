import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

export const assay = join(root, ".venv", "bin", "assay");
export const port = process.env.E2E_PORT ?? "8765";

export interface SampleCall {
  external_id: string;
  engagement: string | null;
  agent: { external_id: string; name: string };
  consumer: string;
  queue: string;
  channel: string;
  language: string;
  recording: string;
  transcript: { format: string; file: string } | null;
}

/** A sample call by its name, e.g. `04-card-fraud`. */
export function sample(name: string): SampleCall {
  const manifest = JSON.parse(readFileSync(join(root, "samples", "manifest.json"), "utf8")) as { calls: SampleCall[] };
  const call = manifest.calls.find((entry) => entry.recording.includes(name));
  if (!call) throw new Error(`there is no sample call ${name}`);
  return call;
}

/** What every process of the program is started with. */
export function environment(): NodeJS.ProcessEnv {
  return { ...process.env, ASSAY_DATA: process.env.E2E_DATA, PORT: port, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
}
