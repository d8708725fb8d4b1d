import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { programEnvironment } from "../program-environment.ts";
import type { Engine } from "./ensure.ts";
import { withOwnNode } from "./on-path.ts";

/** Passphrase for the secrets of stacks that exist only on this machine, with the local vendors. */
export const localPassphrase = "local";

/**
 * Environment for a `pulumi` with state, plugins and login in `folder`; the user's own Pulumi is neither read nor written. Of
 * the user's variables it has only those that programs need to run: no key of a real account, no setting of a vendor's tools,
 * and no proxy, since everything is on this machine.
 */
export function engineEnvironment(
  engine: Pick<Engine, "folder">,
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const state = join(folder, "state");
  const home = join(folder, "home");
  mkdirSync(state, { recursive: true });
  mkdirSync(home, { recursive: true });
  return {
    ...programEnvironment({ env }),
    PATH: [engine.folder, withOwnNode(env.PATH ?? "")].join(delimiter),
    PULUMI_HOME: home,
    // No attribute files next to the state: if the engine is killed while writing one, it stays empty and makes the whole
    // state unreadable ("failed to load checkpoint: EOF").
    PULUMI_BACKEND_URL: `${pathToFileURL(state).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: localPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
