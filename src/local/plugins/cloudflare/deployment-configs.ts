import { same } from "../kit/changes.ts";
import { isEmpty, isProperties, type Properties, type Value } from "../kit/values.ts";
import { withoutEmpty } from "./wire.ts";

const environments = ["production", "preview"] as const;

/** The real plugin's defaults (terraform-provider-cloudflare v5: internal/services/pages_project/schema.go). */
const defaults: Properties = { alwaysUseLatestCompatibilityDate: false, buildImageMajorVersion: 3, failOpen: true };
/** Settings that the server decides when the program does not set them. */
const kept = ["compatibilityDate", "compatibilityFlags", "usageModel", "wranglerConfigHash", "limits"];

const part = (value: Value | undefined, name: string): Properties => {
  const inner = isProperties(value) ? value[name] : undefined;
  return isProperties(inner) ? inner : {};
};

/** The program's settings for both environments. An environment that it leaves out stays unchanged. */
export function plannedConfigs(input: Value | undefined, present: Value | undefined): Value | undefined {
  if (isEmpty(input) || !isProperties(input)) return present;
  const planned: Record<string, Value> = {};
  for (const name of environments) {
    const there = part(present, name);
    if (!isProperties(input[name])) {
      if (!isEmpty(there)) planned[name] = there;
      continue;
    }
    const server = Object.fromEntries(kept.flatMap((each) => (there[each] === undefined ? [] : [[each, there[each]]])));
    planned[name] = withoutEmpty({ ...defaults, ...server, ...part(input, name) });
  }
  return planned;
}

/** Secrets come back empty, so the last written value is used instead. */
export function withSecretsOf(before: Value | undefined, after: Properties): Properties {
  return Object.fromEntries(
    Object.entries(after).map(([environment, config]) => {
      const variables = part(config, "envVars");
      if (!isProperties(config) || isEmpty(variables)) return [environment, config];
      const known = part(part(before, environment), "envVars");
      const filled = Object.entries(variables).map(([name, variable]) => [name, filledFrom(known[name], variable)]);
      return [environment, { ...config, envVars: Object.fromEntries(filled) }];
    }),
  );
}

function filledFrom(before: Value | undefined, after: Value): Value {
  const isHidden = isProperties(after) && after.type === "secret_text" && after.value === "";
  return isHidden && isProperties(before) && !isEmpty(before.value) ? { ...after, value: before.value ?? "" } : after;
}

const compared = [
  "alwaysUseLatestCompatibilityDate",
  "buildImageMajorVersion",
  "compatibilityDate",
  "compatibilityFlags",
  "failOpen",
  "usageModel",
  "wranglerConfigHash",
  "envVars",
];

/**
 * Converts the server's settings on a read. If everything that the real plugin compares is unchanged, it returns the old
 * state, so changes of bindings, placement and limits by hand are not detected (custom.go, PreserveSecretEnvVars).
 */
export function readConfigs(before: Value | undefined, after: Properties): Value {
  const filled = withSecretsOf(before, after);
  if (!isProperties(before)) return filled;
  const unseen = environments.every((name) =>
    compared.every((setting) => same(part(before, name)[setting], part(filled, name)[setting])),
  );
  return unseen ? before : filled;
}
