import type { FlagFilters, FlagProperty } from "../model/posthog/flags/filters.ts";
import type { Owner } from "./owners.ts";
import type { PersonProperties } from "./people.ts";

/*
 * How a feature flag is written. A flag is one entry of flags.ts.
 */

/** What people may change in PostHog without a change here: the switch, and the percentages of the rules. */
export type HandledInPostHog = "active" | "rollout";

/** A condition on a text: one of these, none of these, or a pattern. */
export type TextCondition =
  | string
  | readonly string[]
  | { readonly not: string | readonly string[] }
  /** A regular expression that is found anywhere in the text. */
  | { readonly matches: string }
  /** For days such as `signed_up_on`: a day ("2026-11-27"), or how long ago ("-30d", "-6m"). */
  | { readonly before: string }
  | { readonly after: string };

/** A condition on a number. PostHog's SDKs cannot tell whether two whole numbers are equal, but which is greater. */
export type NumberCondition =
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly above: number }
  | { readonly below: number };

type ConditionOn<Value> = Value extends boolean ? boolean : Value extends number ? NumberCondition : TextCondition;

/** Conditions on person properties of the catalog (people.ts); all have to hold. `tenant_id` is the tenant's. */
export type FlagConditions = {
  readonly [Name in keyof PersonProperties]?: ConditionOn<NonNullable<PersonProperties[Name]>>;
};

/** Who gets the flag. The first rule that a person fulfils, and within whose rollout they are, decides. */
export interface FlagRule<Variant extends string = string> {
  /**
   * Who is meant.
   * @default everybody
   */
  readonly where?: FlagConditions;
  /** Share of them that gets the flag, 0 to 100 per cent. Which persons: always the same ones, and more with a greater share. */
  readonly rolloutPercent: number;
  /**
   * The variant that all of them get.
   * @default by the variants' shares
   */
  readonly variant?: Variant;
}

interface FlagBase {
  readonly owner: Owner;
  /** What is different for who has it. */
  readonly meaning: string;
  /** Day from which the code should do without it, e.g. "2027-03-31"; `obs catalog` names those that are past it. */
  readonly expires: string;
  /**
   * The switch: off is off for everybody.
   * @default true
   */
  readonly active?: boolean;
  /**
   * What people may change in PostHog: no drift, and not put back.
   * @default nothing
   */
  readonly handledInPostHog?: readonly HandledInPostHog[];
}

export interface BooleanFlag extends FlagBase {
  readonly type: "boolean";
  /** The value that code is to go on with while PostHog is away, or has no answer in time. */
  readonly whenAway: boolean;
  readonly rules: readonly FlagRule<never>[];
}

export interface VariantFlag<Variant extends string = string> extends FlagBase {
  readonly type: "variants";
  /** Share of each variant in per cent; together 100. */
  readonly variants: Readonly<Record<Variant, number>>;
  /** The value that code is to go on with while PostHog is away, or has no answer in time. False: none of the variants. */
  readonly whenAway: NoInfer<Variant> | false;
  readonly rules: readonly FlagRule<NoInfer<Variant>>[];
}

export type FlagDefinition = BooleanFlag | VariantFlag;

/** All flags, as a plain structure. */
export type FlagCatalog = Readonly<Record<string, FlagDefinition>>;

/**
 * A flag that is on or off.
 *
 * @example
 * booleanFlag({
 *   owner: "ai",
 *   meaning: "The answer is shown while it is written",
 *   whenAway: false,
 *   expires: "2027-03-31",
 *   rules: [{ where: { internal: true }, rolloutPercent: 100 }, { rolloutPercent: 10 }],
 * });
 */
export const booleanFlag = (definition: Omit<BooleanFlag, "type">): BooleanFlag => ({ type: "boolean", ...definition });

/**
 * A flag with variants, of which a person always gets the same.
 *
 * @example
 * variantFlag({
 *   owner: "growth",
 *   meaning: "Which way through the onboarding",
 *   variants: { long: 50, short: 50 },
 *   whenAway: "long",
 *   expires: "2027-03-31",
 *   rules: [{ where: { plan: ["growth", "pro"] }, rolloutPercent: 100 }],
 * });
 */
export const variantFlag = <const Variant extends string>(
  definition: Omit<VariantFlag<Variant>, "type">,
): VariantFlag<Variant> => ({ type: "variants", ...definition });

/** The value of a flag for somebody: a variant or false, for a flag without variants true or false. */
export type ValueOf<Definition> =
  Definition extends VariantFlag<infer Variant> ? Variant | false : Definition extends BooleanFlag ? boolean : never;

/** The rules and variants as PostHog's filters. */
export function flagFilters(definition: FlagDefinition): FlagFilters {
  return {
    groups: definition.rules.map(({ where = {}, rolloutPercent, variant }: FlagRule) => ({
      properties: Object.entries(where).map(([key, condition]) => propertyOf(key, condition)),
      rollout_percentage: rolloutPercent,
      variant: variant ?? null,
    })),
    multivariate:
      definition.type === "boolean"
        ? null
        : {
            variants: Object.entries(definition.variants).map(([key, rollout_percentage]) => ({
              ...{ key, name: "", rollout_percentage },
            })),
          },
  };
}

type AnyCondition = boolean | TextCondition | NumberCondition;

const operators = {
  ...{ not: "is_not", matches: "regex", before: "is_date_before", after: "is_date_after" },
  ...{ atLeast: "gte", atMost: "lte", above: "gt", below: "lt" },
} as const satisfies Readonly<Record<string, FlagProperty["operator"]>>;

/** The words of a condition other than the value itself. */
export const conditionWords = Object.keys(operators) as (keyof typeof operators)[];

function propertyOf(key: string, condition: AnyCondition): FlagProperty {
  const property = (operator: FlagProperty["operator"], value: unknown) => ({ key, type: "person", operator, value });
  // PostHog's own pages write a truth value as a text in a list.
  if (typeof condition === "boolean") return property("exact", [String(condition)]);
  if (typeof condition === "string" || Array.isArray(condition)) return property("exact", [condition].flat());
  const [word, value] = Object.entries(condition)[0] ?? [];
  const operator = operators[word as keyof typeof operators];
  return property(operator, operator === "is_not" ? [value].flat() : value);
}
