import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";

export interface Certificates {
  /** PEM files. */
  readonly authorityFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Certificate authority that clients must trust, as PEM. */
  readonly authority: string;
}

const dayMs = 24 * 3_600_000;

const fileIn = (folder: string, name: string): string => join(folder, `${name}.pem`);

/** Certificate authority that clients must trust, as PEM, read by another process than the servers' own. */
export function authorityIn(folder: string): string | undefined {
  const file = fileIn(folder, "authority");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Creates a certificate for 127.0.0.1 and its authority, once and again before they expire. */
export async function certificatesIn(folder: string): Promise<Certificates> {
  const file = (name: string) => fileIn(folder, name);
  const files = { authorityFile: file("authority"), certificateFile: file("certificate"), keyFile: file("key") };
  if (!isUsable(files)) {
    mkdirSync(folder, { recursive: true });
    const { authority, certificate, key } = await generated();
    writeFileSync(files.authorityFile, authority);
    writeFileSync(files.certificateFile, certificate);
    writeFileSync(files.keyFile, key, { mode: 0o600 });
  }
  return { ...files, authority: readFileSync(files.authorityFile, "utf8") };
}

function isUsable(files: Omit<Certificates, "authority">): boolean {
  if (!Object.values(files).every((file) => existsSync(file))) return false;
  const { validToDate } = new X509Certificate(readFileSync(files.certificateFile));
  return validToDate.getTime() - Date.now() > dayMs;
}

async function generated() {
  const authority = await generate([{ name: "commonName", value: "Local Redis authority" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keyType: "ec",
    algorithm: "sha256",
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  return { authority: authority.cert, certificate: cert, key };
}
