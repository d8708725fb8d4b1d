import type { z } from "zod";
import { suggestion } from "../../catalog/nearest.ts";
import { itIs, type SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";

/** How to set a value, for messages about a missing one. */
export interface Hint {
  /** Placeholder for the value: `<32 hexadecimal digits>`. */
  example: string;
  /** Where to find it. */
  where: string;
}

/** A structured configuration value arrives as JSON; one that is not set is empty. */
export function parsed(given: string | undefined): unknown {
  if (given === undefined) return {};
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

/**
 * Reads one structured value of the project's own configuration, such as `pages`. Findings list each missing or invalid
 * part, with the command that sets it. No part of such a value is secret.
 */
export function readStructured<Value>(
  { config, stack }: SettingsReader,
  key: string,
  schema: z.ZodType<Value>,
  hints: Readonly<Record<string, Hint>>,
): { value: Value | undefined; findings: SettingFinding[] } {
  const given = parsed(config(key));
  const read = schema.safeParse(given, { error: plainWords });
  if (read.success) return { value: read.data, findings: [] };
  const findings = read.error.issues.flatMap((issue) => {
    const name = [key, ...issue.path.map(String)].join(".");
    if (issue.code === "unrecognized_keys") return issue.keys.map((part) => unknownPart(`${name}.${part}`, part));
    const value = issue.path.reduce<unknown>(
      (at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part],
      given,
    );
    const { example, where } = hints[String(issue.path[0])] ?? { example: "<value>", where: "see docs/settings.md" };
    const problem = value === undefined ? `${name} is not set` : `${name} ${issue.message} ${itIs(value)}`;
    return { problem, fix: `pulumi config set --stack ${stack} --path '${name}' ${example}    (${where})` };
  });
  return { value: undefined, findings };

  function unknownPart(path: string, part: string): SettingFinding {
    const problem = `${path} is not a setting: ${suggestion(part, Object.keys(hints))}`;
    return { problem, fix: `pulumi config rm --stack ${stack} --path '${path}'` };
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "is not a text",
  number: "is not a number",
  int: "is not a whole number",
  boolean: "is neither true nor false",
  array: "is not a list",
  object: "is not a group of settings",
  record: "is not a group of settings",
};

/** A readable message for a schema's error that has none of its own. */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return kinds[issue.expected] ?? "is of another kind";
    case "invalid_value":
      return `is none of ${issue.values.join(", ")}`;
    case "invalid_union":
      return "is none of what it may be";
    case "too_small":
      return `is less than ${issue.minimum}`;
    case "too_big":
      return `is more than ${issue.maximum}`;
    default:
      return undefined;
  }
};
