import * as z from "zod";
import { NotEvaluable, QueryRejected } from "../errors.ts";

/** Fields that change only a chart's appearance, never a number. Listed one by one, so that a new field is noticed. */
export const harmless = z.unknown().optional();

/** Most of PostHog's fields may be absent or null, which mean the same. */
export const text = z.string().nullish();
export const number = z.number().nullish();
export const flag = z.boolean().nullish();

/**
 * Parses a part of a query. An unknown field is refused by its name, because it may affect numbers.
 * @throws NotEvaluable for an unknown field, QueryRejected for a value of a wrong type.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, where: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    if (issue.code === "unrecognized_keys") {
      throw new NotEvaluable(`the field ${issue.keys[0]}`, within(where, [...issue.path, issue.keys[0] ?? ""]));
    }
  }
  const [issue] = parsed.error.issues;
  throw new QueryRejected(issue?.message ?? "it is malformed", within(where, issue?.path ?? []));
}

/** "series[0].math" within "source". */
export function within(where: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    where,
  );
}

/** Refuses a field that affects numbers in an unsupported way, unless it is absent or null. */
export function refuse(value: unknown, feature: string, where: string, because?: string): void {
  if (value !== null && value !== undefined) throw new NotEvaluable(feature, where, because);
}
