import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { assay, environment, port, sample } from "./house";

const run = promisify(execFile);

/** Starts the whole program on a data folder of its own, with an account, its owner and three analysed calls of one engagement. */
export default async function start(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), "assay-e2e-"));
  process.env.E2E_DATA = data;
  const made = await run(assay, ["account", "create", "journeys", "--email", "owner@example.com", "--enable-analysis"], {
    env: environment(),
  });
  process.env.E2E_PASSWORD = password(made.stdout);
  const server = spawn(assay, ["serve"], { env: environment(), stdio: ["ignore", "inherit", "inherit"] });
  await ready(server);
  for (const name of ["01-roaming-bill-tier-1", "02-roaming-bill-tier-2", "03-roaming-bill-manager"]) {
    await ingest(name, ["--wait"]);
  }
  return async () => {
    server.kill("SIGINT");
    await new Promise((resolve) => server.once("exit", resolve));
    rmSync(data, { recursive: true, force: true });
  };
}

/** Takes a sample call in by the command line, as a contact centre's script would. */
export async function ingest(name: string, options: string[] = []): Promise<void> {
  const call = sample(name);
  const given = call.transcript ? ["--transcript", join("samples", call.transcript.file)] : [];
  const facts = ["--external-id", call.external_id, "--consumer-name", call.consumer, "--queue", call.queue, "--channel", call.channel];
  const group = call.engagement ? ["--engagement", call.engagement] : [];
  const agent = ["--agent-id", call.agent.external_id, "--agent-name", call.agent.name];
  await run(assay, ["ingest", join("samples", call.recording), ...given, ...facts, ...group, ...agent, "--language", call.language, ...options], {
    env: environment(),
    cwd: join(import.meta.dirname, ".."),
  });
}

function password(text: string): string {
  const found = /password\W+(\S+)/i.exec(text)?.[1];
  if (!found) throw new Error(`no password in: ${text}`);
  return found;
}

async function ready(server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the server did not become ready");
}
