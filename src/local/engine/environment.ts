import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Engine } from "./ensure.ts";

/** Encrypts the secrets of stacks that live on this machine alone, against the stand-ins for the vendors. */
export const localPassphrase = "local";

const projectBin = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));

/**
 * What `pulumi` sees when its state, plugins and login are those of `folder`: nothing of the user's own Pulumi is read
 * or written.
 */
export function engineEnvironment(engine: Pick<Engine, "folder">, folder: string): Record<string, string> {
  const state = join(folder, "state");
  const home = join(folder, "home");
  mkdirSync(state, { recursive: true });
  mkdirSync(home, { recursive: true });
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("PULUMI_"),
  );
  return {
    ...Object.fromEntries(inherited),
    PATH: [engine.folder, projectBin, process.env.PATH ?? ""].join(delimiter),
    PULUMI_HOME: home,
    // Without the files of attributes that Pulumi writes beside the state: one that was being written when the engine was
    // killed is empty, and makes all of the state unreadable ("failed to load checkpoint: EOF").
    PULUMI_BACKEND_URL: `${pathToFileURL(state).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: localPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
