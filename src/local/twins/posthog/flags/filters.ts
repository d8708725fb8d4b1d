import { z } from "zod";
import { invalid } from "../http/errors.ts";
import { missingOr } from "../http/fields.ts";
import { isObject } from "../queries/source.ts";
import type { JsonObject } from "../records.ts";
import { isDate } from "./dates.ts";
import { operators } from "./operators.ts";

/*
 * The filters of a flag, as strict as the service that evaluates them: a text is not accepted as a number, and unknown
 * fields are dropped. Source: products/feature_flags/backend/api/filters_schema.py.
 */

const text = () => z.string({ error: missingOr("Not a valid string.") });
const filled = () => text().min(1, "This field may not be blank.");
const bool = () => z.boolean({ error: missingOr("Must be a valid boolean.") });
const whole = () => z.int({ error: missingOr("A valid integer is required.") });
const percentage = () =>
  z
    .number({ error: missingOr("A valid number is required.") })
    .min(0, "Ensure this value is greater than or equal to 0.")
    .max(100, "Ensure this value is less than or equal to 100.");
const oneOf = (choices: readonly string[]) =>
  z.custom<string>((value) => typeof value === "string" && choices.includes(value), {
    error: missingOr((input) => `"${String(input)}" is not a valid choice.`),
  });
const typeNames: Record<string, string> = { string: "str", number: "int", boolean: "bool" };
const shape = <Shape extends z.ZodRawShape>(fields: Shape) =>
  z.object(fields, {
    error: missingOr((input) => {
      const name = Array.isArray(input) ? "list" : typeNames[typeof input];
      return `Invalid data. Expected a dictionary, but got ${name}.`;
    }),
  });
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item, {
    error: missingOr((input) => `Expected a list of items but got type "${isObject(input) ? "dict" : "str"}".`),
  });

/** Older names of operators, which are stored under the newer names. */
const aliases: Record<string, string> = { min: "gte", max: "lte" };

const property = shape({
  key: z.preprocess((key) => (typeof key === "number" ? String(key) : key), filled()),
  value: z.unknown().optional(),
  type: oneOf(["person", "cohort", "group", "flag"]),
  operator: z.preprocess(
    (operator) => (typeof operator === "string" ? (aliases[operator] ?? operator) : operator),
    oneOf(operators).nullish(),
  ),
  group_type_index: whole().nullish(),
  negation: bool().nullish(),
  label: text().nullish(),
  cohort_name: text().nullish(),
  group_key_names: z.unknown().optional(),
});

const filters = shape({
  groups: listOf(
    shape({
      properties: listOf(property).nullish(),
      rollout_percentage: percentage().nullish(),
      variant: text().nullish(),
      aggregation_group_type_index: whole().nullish(),
      description: text().nullish(),
      sort_key: z.unknown().optional(),
    }),
  ).optional(),
  multivariate: shape({
    variants: listOf(
      shape({
        key: filled()
          .max(400, "Ensure this field has no more than 400 characters.")
          .regex(
            /^[a-zA-Z0-9_./-]+$/,
            "Only letters, numbers, hyphens (-), underscores (_), dots (.) & slashes (/) are allowed.",
          ),
        name: text().nullish(),
        rollout_percentage: percentage(),
        description: text().nullish(),
      }),
    ).min(1, "This list may not be empty."),
  }).nullish(),
  aggregation_group_type_index: whole().nullish(),
  payloads: z.record(z.string(), z.unknown(), { error: missingOr("Expected a dictionary of items.") }).nullish(),
  feature_enrollment: bool().nullish(),
  early_exit: bool().nullish(),
});

type Filters = z.output<typeof filters>;

/**
 * The filters as they are stored; answers 400 if they are wrong. `hasFlag` says whether a flag of this number or key
 * exists.
 */
export function readFilters(said: JsonObject, hasFlag: (idOrKey: string) => boolean): JsonObject {
  const result = filters.safeParse(said);
  if (!result.success) {
    const [issue] = result.error.issues;
    const message = issue?.message ?? "Invalid input.";
    throw invalid(message, ["filters", ...(issue?.path ?? []).map(String)].join("__"), codeOf(message));
  }
  if (isObject(said.holdout)) throw invalid("This local PostHog knows no holdouts.", "filters");
  refuseContradictions(result.data, hasFlag);
  return completed(result.data);
}

function codeOf(message: string): string {
  if (message.includes("is not a valid choice")) return "invalid_choice";
  if (message === "This field is required.") return "required";
  if (message.startsWith("Ensure this value is")) return message.includes("less") ? "max_value" : "min_value";
  return "invalid_input";
}

/** Source: FeatureFlagSerializer.validate_filters. */
function refuseContradictions(
  { groups = [], multivariate, payloads }: Filters,
  hasFlag: (idOrKey: string) => boolean,
): void {
  const variants = multivariate?.variants ?? [];
  const sum = variants.reduce((all, { rollout_percentage }) => all + rollout_percentage, 0);
  if (variants.length > 0 && sum !== 100)
    throw invalid("Invalid variant definitions: Variant rollout percentages must sum to 100.", "filters");
  const keys = Object.keys(payloads ?? {});
  if (variants.length > 0 && !keys.every((key) => variants.some((variant) => variant.key === key)))
    throw invalid("Payload keys must match a variant key for multivariate flags", "filters");
  if (variants.length === 0 && keys.some((key) => key !== "true"))
    throw invalid("Payload keys must be 'true' for boolean flags", "filters");
  for (const { type, key, value, operator } of groups.flatMap(({ properties }) => properties ?? [])) {
    if (type === "cohort")
      throw invalid(`Cohort with id ${String(value)} does not exist`, "filters", "cohort_does_not_exist");
    if (type === "flag" && !hasFlag(key))
      throw invalid(`Flag dependency references non-existent flag with ID ${key}`, "filters");
    if (operator?.startsWith("is_date_") && !isDate(value))
      throw invalid(`Invalid date value: ${String(value)}`, "filters", "invalid_date");
  }
}

/**
 * Stored filters get default fields that the request did not contain: a source of drift that PostHog's Terraform
 * provider met.
 */
function completed({ groups = [], payloads, ...said }: Filters): JsonObject {
  const asJson = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
  return {
    multivariate: null,
    aggregation_group_type_index: null,
    ...said,
    payloads: Object.fromEntries(Object.entries(payloads ?? {}).map(([key, value]) => [key, asJson(value)])),
    groups: groups.map(({ properties, ...group }) => ({
      rollout_percentage: null,
      variant: null,
      ...group,
      properties: properties ?? [],
    })),
  };
}
