import { Config, getProject, runtime } from "@pulumi/pulumi";
import { runningStack } from "./commands.ts";
import { ownKeys } from "./unknown.ts";

/** Sources of settings: a stack's configuration and the engineer's environment. */
export interface SettingsReader {
  /** The stack as in `--stack`, perhaps with an organization and a project; the stage is the last part. */
  stack: string;
  /** A plain value, as text: `config("posthog:host")`, `config("environment")` for the project's own. */
  config: (key: string) => string | undefined;
  /** Whether an encrypted value is set. The value itself is not read. */
  hasSecret: (key: string) => boolean;
  /** Whether a value is set without being encrypted. */
  isPlain?: (key: string) => boolean;
  /** All keys that are set; the project's own keys without its name. */
  keys?: () => readonly string[];
  env: Record<string, string | undefined>;
}

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
