import type { z } from "zod";
import type { SettingFinding } from "./findings.ts";
import type { Sources } from "./sources.ts";

/** How a value is set, for the one who has not set it. */
export interface Hint {
  /** What to write in its place: `<32 hexadecimal digits>`. */
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
 * Reads one structured value of the project's own configuration, such as `pages`. Findings name each part that is missing
 * or wrong, with the command that sets it. No part of such a value is secret.
 */
export function readStructured<Value>(
  { config, stack }: Sources,
  key: string,
  schema: z.ZodType<Value>,
  hints: Readonly<Record<string, Hint>>,
): { value: Value | undefined; findings: SettingFinding[] } {
  const given = parsed(config(key));
  const read = schema.safeParse(given);
  if (read.success) return { value: read.data, findings: [] };
  const findings = read.error.issues.map(({ path, message }) => {
    const name = [key, ...path.map(String)].join(".");
    const value = path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part], given);
    const { example, where } = hints[String(path[0])] ?? { example: "<value>", where: "see docs/environment.md" };
    const problem = value === undefined ? `${name} is not set` : `${name} ${message} (it is ${JSON.stringify(value)})`;
    return { problem, fix: `pulumi config set --stack ${stack} --path '${name}' ${example}    (${where})` };
  });
  return { value: undefined, findings };
}
