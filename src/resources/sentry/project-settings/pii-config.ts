import { isObject, type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { PiiConfig } from "./inputs.ts";

/** The live rules and applications that the definition has; missing ones are left out, others belong to people. */
export function reflectPiiConfig(defined: PiiConfig, text: string | null | undefined): PiiConfig {
  const live = parsed(text);
  const rules = Object.entries(defined.rules ?? {}).flatMap(([name, rule]) => {
    const there = live.rules[name];
    return there === undefined ? [] : [[name, sameJson(there, rule) ? rule : there] as const];
  });
  const applications = Object.entries(defined.applications).flatMap(([selector, names]) => {
    const there = names.filter((name) => live.applications[selector]?.includes(name));
    return there.length === 0 ? [] : [[selector, there] as const];
  });
  return withoutUndefined({
    rules: defined.rules && Object.fromEntries(rules),
    applications: Object.fromEntries(applications),
  }) as PiiConfig;
}

/** The live configuration with our rules added, in Sentry's format: JSON in a string. */
export function withPiiConfig(defined: PiiConfig, text: string | null | undefined): string {
  const live = parsed(text);
  const applications = { ...live.applications };
  for (const [selector, names] of Object.entries(defined.applications))
    applications[selector] = [...new Set([...(live.applications[selector] ?? []), ...names])];
  return JSON.stringify({ ...live.others, rules: { ...live.rules, ...defined.rules }, applications });
}

/** An unreadable text contains no rules: Sentry accepts only JSON. */
function parsed(text: string | null | undefined) {
  const { rules, applications, ...others } = objectIn(text ?? "");
  const lists = isObject(applications) ? Object.entries(applications) : [];
  return {
    others,
    rules: (isObject(rules) ? rules : {}) as Record<string, JsonObject>,
    applications: Object.fromEntries(
      lists.map(([selector, names]) => [selector, Array.isArray(names) ? names.map(String) : []]),
    ) as Record<string, string[]>,
  };
}

function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
