import {
  booleanFlag,
  type FlagConditions,
  type FlagDefinition,
  type FlagRule,
  flagFilters,
  type TextCondition,
  variantFlag,
} from "../../src/catalog/flag.ts";
import { flags } from "../../src/catalog/flags.ts";
import type { PersonProperties } from "../../src/catalog/people.ts";
import { type Random, randomOf } from "../../src/local/traffic/story/random.ts";
import type { Flag } from "../../src/model/posthog/flags/filters.ts";

export interface FlagCase {
  readonly flag: Flag;
  readonly distinctId: string;
  readonly properties: PersonProperties;
}

/** Flags as the catalog can define them, the catalog's own among them, each with a random person: the same ones each time. */
export function randomCases(count: number): FlagCase[] {
  const random = randomOf("definitions and persons");
  const own = Object.entries<FlagDefinition>(flags);
  return Array.from({ length: count }, (_, number) => {
    const [key, definition] = random.chance(0.1)
      ? random.pick(own as [(typeof own)[number], ...typeof own])
      : [`flag-${number}`, randomDefinition(random)];
    return {
      flag: { key, active: definition.active ?? true, filters: flagFilters(definition) },
      distinctId: `person-${random.whole(1, 500)}`,
      properties: randomPerson(random),
    };
  });
}

function randomDefinition(random: Random): FlagDefinition {
  const head = { owner: "platform", meaning: "", expires: "2027-01-01", active: random.chance(0.95) } as const;
  const rules = (variants?: readonly ["a", "b"]) =>
    times(random.whole(0, 3), () => ({
      where: randomConditions(random),
      rolloutPercent: random.pick([0, 10, 33.3, 50, 90, 100, 100]),
      ...(variants && random.chance(0.3) && { variant: random.pick(variants) }),
    }));
  if (random.chance(0.5)) return booleanFlag({ ...head, whenAway: false, rules: rules() as FlagRule<never>[] });
  const share = random.pick([0, 20, 50, 100]);
  return variantFlag({
    ...{ ...head, whenAway: false, variants: { a: share, b: 100 - share } },
    rules: rules(["a", "b"]) as FlagRule<"a" | "b">[],
  });
}

const plans = ["pro", "growth", "free", "pro_2"] as const;
const days = ["2026-01-31", "2026-03-31", "2026-11-01", "2025-02-28"] as const;
const ago = ["-7d", "-1m", "-13m", "-1y", "-30h", "-3w"] as const;
const patterns = ["^pro$", "pro|growth", "^[a-z]+$", "(?:pro)+", "\\d", "[^a-z]", "w$"] as const;

function randomConditions(random: Random): FlagConditions {
  const text = (): TextCondition =>
    random.pick<() => TextCondition>([
      () => random.pick(plans),
      () => [random.pick(plans), random.pick(plans)],
      () => ({ not: random.pick(plans) }),
      () => ({ not: [random.pick(plans), random.pick(plans)] }),
      () => ({ matches: random.pick(patterns) }),
    ])();
  const number = random.pick([0, 1, 2.5, 10, 1_000]);
  const conditions: FlagConditions = {
    plan: text(),
    signed_up_on: random.chance(0.5)
      ? { before: random.pick([...days, ...ago]) }
      : { after: random.pick([...days, ...ago]) },
    onboarded: random.chance(0.5),
    internal: random.chance(0.5),
    seat_count: random.pick<NonNullable<FlagConditions["seat_count"]>>([
      { atLeast: number },
      { atMost: number },
      { above: number },
      { below: number },
    ]),
    tenant_id: random.chance(0.5) ? "tenant_1" : { not: ["tenant_1", "tenant_2"] },
  };
  return Object.fromEntries(Object.entries(conditions).filter(() => random.chance(0.25)));
}

function randomPerson(random: Random): PersonProperties {
  const person: PersonProperties = {
    plan: random.pick(plans),
    signed_up_on: random.pick(days),
    onboarded: random.chance(0.5),
    internal: random.chance(0.3),
    seat_count: random.pick([0, 1, 2, 3, 10, 11, 1_000]),
    tenant_id: `tenant_${random.whole(1, 4)}`,
  };
  return Object.fromEntries(Object.entries(person).filter(() => random.chance(0.85)));
}

const times = <Item>(number: number, make: () => Item): Item[] => Array.from({ length: number }, make);
