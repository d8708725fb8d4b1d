import { z } from "zod";
import { charField, strip } from "../../kit/index.ts";
import type { JsonObject } from "../records.ts";
import { invalid } from "./errors.ts";

/** Fields as Django REST framework parses them, with its messages: the first finding is the answer's `detail`. */

const required = "This field is required.";
const notNull = "This field may not be null.";

const codes: Record<string, string> = {
  "Null characters are not allowed.": "null_characters_not_allowed",
  [required]: "required",
  [notNull]: "null",
  "This field may not be blank.": "blank",
};

export function missingOr(otherwise: string | ((input: unknown) => string)) {
  return (issue: { input?: unknown }) => {
    if (issue.input === undefined) return required;
    if (issue.input === null) return notNull;
    return typeof otherwise === "string" ? otherwise : otherwise(issue.input);
  };
}

/** A CharField: numbers become text, surrounding whitespace is trimmed. `tooLong` replaces the usual message. */
export function text({ max, tooLong, blank = true }: { max?: number; tooLong?: string; blank?: boolean } = {}) {
  let field = z.string({ error: missingOr("Not a valid string.") }).overwrite(strip);
  if (!blank) field = field.min(1, "This field may not be blank.");
  const checked = field.check(charField(max, tooLong));
  return z.preprocess((value) => (typeof value === "number" ? String(value) : value), checked);
}

const truths = new Map<unknown, boolean>([
  ["true", true],
  ["1", true],
  [1, true],
  ["false", false],
  ["0", false],
  [0, false],
]);

export const flag = () =>
  z.preprocess((value) => truths.get(value) ?? value, z.boolean({ error: missingOr("Must be a valid boolean.") }));

export const integer = () =>
  z.preprocess(
    (value) => (typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value),
    z.int({ error: missingOr("A valid integer is required.") }),
  );

export const choice = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, { error: missingOr((input) => `"${String(input)}" is not a valid choice.`) });

/** Any JSON value. */
export const json = () => z.unknown();

export const object = (message = "Expected a dictionary of items.") =>
  z.record(z.string(), z.unknown(), { error: missingOr(message) });

export const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item, {
    error: missingOr((input) => `Expected a list of items but got type "${input === Object(input) ? "dict" : "str"}".`),
  });

/** A DateTimeField; stored as an ISO text in UTC. */
export const dateTime = () =>
  z
    .string({ error: missingOr("Datetime has wrong format.") })
    .refine((value) => !Number.isNaN(Date.parse(value)), {
      error:
        "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
    })
    .transform((value) => new Date(value).toISOString());

/** The fields of `body` that are in the schema; an invalid one answers 400 with its `attr`. */
export function parseFields<Schema extends z.ZodType>(
  schema: Schema,
  body: JsonObject,
  within: readonly string[] = [],
): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const message = issue?.message ?? "Invalid input.";
  const attr = [...within, ...(issue?.path ?? []).filter((part) => typeof part === "string")].join("__");
  throw invalid(message, attr === "" ? null : attr, codeOf(message, issue?.code));
}

/** The fields present in the body, without `undefined` in the types of optional ones. */
export function definedFields<Fields extends object>(fields: Fields) {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };
}

function codeOf(message: string, kind: string | undefined): string {
  if (message.includes("is not a valid choice")) return "invalid_choice";
  if (kind === "too_big") return "max_length";
  if (message.startsWith("Surrogate characters")) return "surrogate_characters_not_allowed";
  return codes[message] ?? "invalid_input";
}

/** The error of PrimaryKeyRelatedField for a reference that does not exist. */
export const danglingReference = (id: unknown, attr: string) =>
  invalid(`Invalid pk "${String(id)}" - object does not exist.`, attr, "does_not_exist");
