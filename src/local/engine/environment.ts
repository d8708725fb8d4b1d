import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { programEnvironment } from "../program-environment.ts";
import type { Engine } from "./ensure.ts";
import { withOwnNode } from "./on-path.ts";

/** Encrypts the secrets of stacks that live on this machine alone, against the stand-ins for the vendors. */
export const localPassphrase = "local";

/**
 * What `pulumi` sees when its state, plugins and login are those of `folder`: nothing of the user's own Pulumi is read or
 * written. Of the user's variables it sees those that programs need to run: no key of a real account, no setting of a
 * vendor's own tools, and no proxy, since everything is on this machine.
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
    // Without the files of attributes that Pulumi writes beside the state: one that was being written when the engine was
    // killed is empty, and makes all of the state unreadable ("failed to load checkpoint: EOF").
    PULUMI_BACKEND_URL: `${pathToFileURL(state).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: localPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
