import { join } from "node:path";
import { fileURLToPath } from "node:url";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** Everything of the local cloud: the vendors' stores, Pulumi's state, plugins and home. Delete it to start afresh. */
export const localFolder = join(checkout, ".local");

/** The stack that `npm start` brings up, and its configuration file. */
export const localStack = "local";
export const localConfigFile = join(checkout, `Pulumi.${localStack}.yaml`);

/** Folder of Pulumi.yaml. */
export const projectFolder = checkout;
