import { environment } from "../../catalog/environment.ts";
import { valueOrigins } from "../../catalog/value-origins.ts";
import type { SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";

/** Key of the configuration. */
export const flagsKeySetting = valueOrigins["posthog.flagsKey"].key;

/**
 * The key with which servers read feature flags; undefined when the stack has none. It is read from the configuration alone:
 * with another environment, the next run would remove the variable from the backend.
 */
export function readFlagsKey({ config, stack, isPlain }: SettingsReader): {
  value: string | undefined;
  findings: SettingFinding[];
} {
  const value = config(flagsKeySetting);
  const set = `pulumi config set --stack ${stack} --secret ${flagsKeySetting}`;
  const found = (problem: string, fix: string) => ({
    value: undefined,
    findings: [{ problem: `${flagsKeySetting} ${problem}`, fix }],
  });
  if (value === undefined) return { value, findings: [] };
  if (isPlain?.(flagsKeySetting))
    return found("is stored in clear", `${set}    (with a new key, since others could read this one)`);
  const read = environment.POSTHOG_FLAGS_KEY.value.safeParse(value);
  // The value is not repeated: it may be a key that can do more.
  if (!read.success)
    return found(
      `${read.error.issues[0]?.message}`,
      `${set}    (in PostHog: Settings > Project > Feature flags > Feature flags secure API key)`,
    );
  return { value, findings: [] };
}
