import { Config, getProject, runtime } from "@pulumi/pulumi";
import { runningStack } from "./commands.ts";
import type { SettingsReader } from "./reader.ts";
import { ownKeys } from "./unknown.ts";

/** The sources of the running Pulumi program. */
export function programSettingsReader(): SettingsReader {
  // How the language host marks which values of PULUMI_CONFIG were encrypted (cmd/run of @pulumi/pulumi).
  const encrypted = new Set(JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[]);
  return {
    stack: runningStack(),
    config: (key) => at(key, (config, name) => config.get(name)),
    hasSecret: (key) => at(key, (config, name) => config.getSecret(name)) !== undefined,
    isPlain: (key) => at(key, (config, name) => config.getSecret(name)) !== undefined && !encrypted.has(fullName(key)),
    keys: () => ownKeys(Object.keys(runtime.allConfig()), getProject()),
    env: process.env,
  };
}

/** Pulumi's name of a key: the project's own have its name before them. */
const fullName = (key: string): string => (key.includes(":") ? key : `${getProject()}:${key}`);

function at<T>(key: string, read: (config: Config, name: string) => T): T {
  const [namespace, name] = key.includes(":") ? key.split(":", 2) : [undefined, key];
  return read(new Config(namespace), name ?? key);
}
