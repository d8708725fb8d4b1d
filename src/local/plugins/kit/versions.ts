import { createRequire } from "node:module";

/** The npm packages whose plugins have stand-ins; the version of a stand-in is that of the package. */
export const sdkPackages = {
  sentry: "@pulumiverse/sentry",
  upstash: "@upstash/pulumi",
  cloudflare: "@pulumi/cloudflare",
} as const;
export type PluginName = keyof typeof sdkPackages;

/** Download server of the package's plugin (`pulumi.server`); undefined: Pulumi's default. */
export function sdkServer(name: PluginName): string | undefined {
  const { pulumi } = createRequire(import.meta.url)(`${sdkPackages[name]}/package.json`) as {
    pulumi?: { server?: string };
  };
  return pulumi?.server;
}

/** The installed package's version, without the leading "v" that @upstash/pulumi has. */
export function sdkVersion(name: PluginName): string {
  const { version } = createRequire(import.meta.url)(`${sdkPackages[name]}/package.json`) as { version: string };
  return version.replace(/^v/, "");
}
