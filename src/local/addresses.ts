import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { localConfigFile } from "./folder.ts";
import type { AppAddressKey } from "./hosting/index.ts";

/** Configuration keys of the local vendors' addresses. */
export type AddressKey = "posthog:host" | "sentry:baseUrl" | "cloudflare:baseUrl" | "render:host";

const read = (file: string) => parseDocument(readFileSync(file, "utf8"));

/** File with the stack's configuration and the vendors' real addresses. It stays, so that the next start uses the same ones. */
const movedConfigFile = (folder: string): string => join(folder, "Pulumi.local.yaml");

/** The port that a vendor had last time, else the one in the stack's own configuration. */
export function wantedPort(folder: string, key: AddressKey | AppAddressKey): number {
  const files = [movedConfigFile(folder), localConfigFile].filter((file) => existsSync(file));
  const address = files.map((file) => read(file).getIn(["config", key])).find((found) => found !== undefined);
  return Number(new URL(String(address)).port);
}

/** Stores the vendors' real addresses, if they differ from the stack's own configuration. */
export function noteAddresses(folder: string, addresses: Record<string, string>): void {
  const config = read(localConfigFile);
  const moved = Object.entries(addresses).filter(([key, address]) => config.getIn(["config", key]) !== address);
  if (moved.length === 0) {
    rmSync(movedConfigFile(folder), { force: true });
    return;
  }
  for (const [key, address] of moved) config.setIn(["config", key], address);
  writeFileSync(movedConfigFile(folder), config.toString());
}

/** `--config-file` with the addresses that the vendors really have; empty when the stack's own file has them. */
export function configArguments(folder: string): string[] {
  return existsSync(movedConfigFile(folder)) ? ["--config-file", movedConfigFile(folder)] : [];
}

/** Commands of `pulumi` that read a stack's configuration; others refuse `--config-file`. */
const readsConfiguration = new Set([
  "up",
  "update",
  "preview",
  "pre",
  "refresh",
  "destroy",
  "import",
  "watch",
  "config",
]);

/** Arguments of a `pulumi` command on the local stack, with the vendors' real addresses if the command reads the configuration. */
export function withAddresses(words: readonly string[], folder: string): string[] {
  const [command = ""] = words;
  return readsConfiguration.has(command) ? [...words, ...configArguments(folder)] : [...words];
}

const upstashFile = (folder: string): string => join(folder, "upstash-address");

/** Stores the local Upstash's address, which no configuration has, for other processes that work on the same cloud. */
export const noteUpstash = (folder: string, url: string): void => writeFileSync(upstashFile(folder), url);

/** The stored address of the local Upstash; undefined when none is stored. */
export const notedUpstash = (folder: string): string | undefined =>
  existsSync(upstashFile(folder)) ? readFileSync(upstashFile(folder), "utf8") : undefined;
