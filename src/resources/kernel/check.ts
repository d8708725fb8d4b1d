import type { z } from "zod";

/** Pulumi's marker in a preview for a value that is known only after an `up`, whatever its type. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Problem {
  /** Pulumi's property path: `tiles["drop-off"].place.width`. */
  property: string;
  /** What is wrong, with the value. */
  reason: string;
}

/**
 * All problems of the inputs at once. Unknown values are skipped; values below the `secrets` (names of inputs) are not
 * repeated in a reason.
 */
export function findProblems(schema: z.ZodType, inputs: object, secrets: readonly string[] = []): Problem[] {
  const read = schema.safeParse(inputs);
  if (read.success) return [];
  return read.error.issues
    .map((issue) => ({ issue, value: valueAt(inputs, issue.path) }))
    .filter(({ value }) => !isUnknown(value))
    .map(({ issue, value }) => ({
      property: propertyPath(issue.path),
      reason: `${issue.message}${value === undefined || isHidden(issue.path, secrets) ? "" : ` (it is ${shortly(value)})`}`,
    }));
}

/** A problem with the inputs as a whole would repeat all values. */
const isHidden = (path: readonly PropertyKey[], secrets: readonly string[]): boolean =>
  secrets.length > 0 && (path.length === 0 || secrets.includes(String(path[0])));

const isUnknown = (value: unknown): boolean => value === unknownValue;

function valueAt(inputs: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : at),
    inputs,
  );
}

const shortly = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};

/** `["tiles", "drop-off", "place"]` as `tiles["drop-off"].place`. */
export function propertyPath(path: readonly PropertyKey[]): string {
  return path.map(String).reduce((text, key) => {
    if (/^\d+$/.test(key)) return `${text}[${key}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${text}["${key}"]`;
    return text ? `${text}.${key}` : key;
  }, "");
}
