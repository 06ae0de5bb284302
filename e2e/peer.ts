import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const www = "/usr/share/simplesamlphp/www";

/** Why there is no identity provider to sign in with; null where there is one. */
export const missing = existsSync(join(www, "saml2", "idp")) ? null : "SimpleSAMLphp 1.19 is not installed: run scripts/saml_peer";

export interface Peer {
  url: string;
  metadata(): Promise<string>;
  /** Tells it of a service by what the service's metadata says. */
  introduce(entityId: string, acs: string, slo: string, metadata: string): void;
  stop(): void;
}

/** A real SimpleSAMLphp under another host name than the program's, as it is in life: no cookie of ours comes with its forms. */
export async function startPeer(): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), "assay-peer-"));
  const facts = ["-keyout", join(folder, "idp.key"), "-out", join(folder, "idp.crt"), "-days", "2", "-subj", "/CN=peer"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...facts], { stdio: "ignore" });
  const url = `http://localhost:${await freePort()}`;
  const log = openSync(join(folder, "php.log"), "w");
  const config = join(import.meta.dirname, "..", "tests", "saml", "simplesamlphp");
  const env = { ...process.env, PEER_URL: url, PEER_FOLDER: folder, SIMPLESAMLPHP_CONFIG_DIR: config };
  const server: ChildProcess = spawn("php", ["-S", url.slice("http://".length), "-t", www], { env, stdio: ["ignore", log, log] });
  const metadata = async (): Promise<string> => (await fetch(`${url}/saml2/idp/metadata.php`)).text();
  for (let tries = 0; tries < 100 && !(await metadata().catch(() => "")); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    url,
    metadata,
    introduce(entityId, acs, slo, said) {
      const certData = /<ds:X509Certificate>([^<]+)</.exec(said)?.[1];
      const service = { AssertionConsumerService: acs, SingleLogoutService: slo, certData, "validate.authnrequest": true, "validate.logout": true };
      writeFileSync(join(folder, "services.json"), JSON.stringify({ [entityId]: { ...service, "sign.logout": true } }));
    },
    stop() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
