import { allowing, whyNoKeyTo } from "@brandvx/resources/destinations";
import { allVendors } from "../../model/vendors/index.ts";
import { itIs, type SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";

/** Vendors whose address can be configured. */
const destinations = allVendors.flatMap(({ name: vendor, address: { configKey: key, variable } }) =>
  key === undefined ? [] : [{ vendor, key, variable }],
);

/** Keys of the configuration that hold an address. */
export const addressSettings: readonly string[] = destinations.map(({ key }) => key);

/**
 * Addresses that must not receive a key. The vendors' own plugins check nothing: the program ends before it registers a
 * resource, so they send nothing.
 */
export const destinationFindings = ({ config, env, stack }: SettingsReader): SettingFinding[] =>
  destinations.flatMap(({ vendor, key, variable }) => {
    const value = config(key);
    const inEnvironment = variable === undefined ? undefined : env[variable];
    if (!value && variable !== undefined && inEnvironment) {
      const problem = `${variable} is set, and ${key} is not: ${vendor}'s plugin would go there, and \`obs\` would not`;
      return [{ problem, fix: `unset ${variable}, or pulumi config set --stack ${stack} ${key} ${inEnvironment}` }];
    }
    // Invalid addresses are reported where their value is read.
    const why = value && URL.canParse(value) ? whyNoKeyTo(vendor, value, env) : undefined;
    if (!value || why === undefined) return [];
    const problem = `${key} ${why}, and is sent no key ${itIs(value)}`;
    return [{ problem, fix: `pulumi config rm --stack ${stack} ${key}; or, ${allowing(value)}` }];
  });
