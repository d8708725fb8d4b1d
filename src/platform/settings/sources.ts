import { Config, getStack } from "@pulumi/pulumi";

/** Where settings are read from: a stack's configuration and the engineer's environment. */
export interface Sources {
  stack: string;
  /** A plain value, as text: `config("posthog:host")`, `config("environment")` for the project's own. */
  config: (key: string) => string | undefined;
  /** Whether an encrypted value is set. Its text is not needed to know that, and is not read. */
  hasSecret: (key: string) => boolean;
  env: Record<string, string | undefined>;
}

/** The sources of the Pulumi program that runs. */
export function programSources(): Sources {
  return {
    stack: getStack(),
    config: (key) => at(key, (config, name) => config.get(name)),
    hasSecret: (key) => at(key, (config, name) => config.getSecret(name)) !== undefined,
    env: process.env,
  };
}

function at<T>(key: string, read: (config: Config, name: string) => T): T {
  const [namespace, name] = key.includes(":") ? key.split(":", 2) : [undefined, key];
  return read(new Config(namespace), name ?? key);
}
