// Separate from the resources, which load all of Pulumi: `obs` needs only this list.
import { notGiven } from "@brandvx/resources/not-given";
import { allCredentials, allVendors } from "../../model/vendors/index.ts";
import type { SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";

/**
 * Two keys of one vendor, where it is unclear which one is used: our own resources use the environment's first; the
 * vendors' plugins (Sentry, Upstash, Cloudflare) use the configuration's, and Sentry's plugin another variable before
 * ours.
 */
function rivals({ env, hasSecret, stack }: SettingsReader): SettingFinding[] {
  const plugins = allVendors.filter(({ hasPlugin }) => hasPlugin);
  const inBoth = plugins
    .flatMap(({ credentials }) => Object.values(credentials))
    .filter(({ configKey }) => hasSecret(configKey))
    .flatMap(({ variable, alternatives = [], configKey }) => {
      const name = [variable, ...alternatives].find((one) => env[one]);
      if (name === undefined) return [];
      const problem = `${name} and ${configKey} are both set: the vendor's plugin would use ${configKey}, the rest ${name}`;
      return [{ problem, fix: `pulumi config rm --stack ${stack} ${configKey}, or unset ${name}` }];
    });
  const differing = allCredentials.flatMap(({ variable, alternatives = [] }) =>
    alternatives.flatMap((other) => {
      if (!env[variable] || !env[other] || env[variable] === env[other]) return [];
      const problem = `${variable} and ${other} are both set, and differ: the vendor's plugin would use ${other}, the rest ${variable}`;
      return [{ problem, fix: `unset ${other}` }];
    }),
  );
  const others = plugins.flatMap(({ name: vendor, otherKeys = [] }) =>
    otherKeys.flatMap(({ variable, configKey }) => {
      const name = env[variable] ? variable : hasSecret(configKey) ? configKey : undefined;
      if (name === undefined) return [];
      const problem = `${name} is set beside the API token: ${vendor}'s plugin sends both`;
      const fix = name === variable ? `unset ${variable}` : `pulumi config rm --stack ${stack} ${configKey}`;
      return [{ problem, fix }];
    }),
  );
  return [...inBoth, ...differing, ...others];
}

/** Findings for every secret that is missing, that is clearly another kind of key, or that is set twice. */
export const checkSecrets = (sources: SettingsReader): SettingFinding[] => [...single(sources), ...rivals(sources)];

/** A token has no whitespace: pasted whitespace would be sent with it, and the vendor would refuse it. */
function badlyPasted(value: string): string | undefined {
  if (/^\s|\s$/.test(value)) return "has a space or a line break around it";
  if (/^(["'`]).*\1$/s.test(value)) return "has quotes around it";
  return /[\s\u200b-\u200d\ufeff]/.test(value) ? "has a space or a line break in it" : undefined;
}

/** Keys of the configuration that hold a secret. */
export const secretSettings: readonly string[] = [
  ...allCredentials.map(({ configKey }) => configKey),
  ...allVendors.flatMap(({ otherKeys = [] }) => otherKeys.map(({ configKey }) => configKey)),
];

function single({ env, hasSecret, isPlain, stack }: SettingsReader): SettingFinding[] {
  return allCredentials.flatMap(({ variable, alternatives = [], configKey, need, isPublic, mistake }) => {
    if (!isPublic && isPlain?.(configKey)) {
      const fix = `pulumi config set --stack ${stack} --secret ${configKey}    (with a new key: this one stands in files and states)`;
      return [{ problem: `${configKey} is stored in clear`, fix }];
    }
    const value = [variable, ...alternatives].map((name) => env[name]).find(Boolean);
    const fix = `export ${variable}=…    (${need}), or pulumi config set --stack ${stack} --secret ${configKey}`;
    if (value === notGiven) return [];
    if (value) {
      const wrong = badlyPasted(value) ?? mistake?.(value);
      return wrong ? [{ problem: `${variable} ${wrong}`, fix }] : [];
    }
    return hasSecret(configKey) ? [] : [{ problem: `${variable} is not set`, fix }];
  });
}
