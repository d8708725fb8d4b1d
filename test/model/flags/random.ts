import type { Random } from "../../../src/local/traffic/story/random.ts";
import type { Flag, FlagConditionSet, FlagProperty } from "../../../src/model/posthog/flags/filters.ts";

/** A flag of any kind, also one that only PostHog can evaluate. */
export function randomFlag(key: string, random: Random): Flag {
  const hasVariants = random.chance(0.5);
  const share = random.pick([0, 20, 50, 100]);
  return {
    key,
    active: random.chance(0.95),
    ensure_experience_continuity: random.chance(0.02),
    filters: {
      groups: times(random.whole(0, 3), () => randomSet(random)),
      ...(hasVariants
        ? {
            multivariate: {
              variants: [
                { key: "a", rollout_percentage: share },
                { key: "b", rollout_percentage: 100 - share },
              ],
            },
          }
        : {}),
      ...(random.chance(0.3) ? { early_exit: true } : {}),
    },
  };
}

const randomSet = (random: Random): FlagConditionSet => ({
  properties: times(random.pick([0, 1, 1, 1, 2, 3]), () => randomProperty(random)),
  rollout_percentage: random.pick([null, 0, 10, 33.3, 50, 90, 100, 100]),
  ...(random.chance(0.3) ? { variant: random.pick(["a", "b", "unknown", null]) } : {}),
});

const operators = [
  ...["exact", "exact", "is_not", "is_set", "is_not_set", "icontains", "not_icontains", "starts_with"],
  ...["not_starts_with", "ends_with", "not_ends_with", "regex", "regex", "not_regex", "gt", "gte", "lt", "lte"],
  ...["is_date_after", "is_date_before", "semver_eq", "semver_neq", "semver_gt", "semver_gte", "semver_lt"],
  ...["semver_lte", "semver_tilde", "semver_caret", "semver_wildcard", "between", "sounds_like"],
] as unknown as [string, ...string[]];

const patterns = [
  ...["^pro$", "pro|growth", "^[a-z]+$", "(?:pro)+", "\\d{2,}", "[^a-z]", "w$", "(", "^*", "", "\\bpro", "(?=p)p", "é"],
  ...[
    "a{,2}",
    "{2}",
    "[\\s-9]",
    "p++",
    "\\p{L}",
    "x{99999999999}",
    "(?<name>p)",
    "()*",
    "[[a]]",
    "\\x41",
    "a\\",
    "[&&a]",
  ],
] as unknown as [string, ...string[]];
const words = ["pro", "growth", "Growth", "PRO", "prof", "", "true", "False", "null", "é", "pro\r", "10", "9"] as const;
const versions = [
  "1.2.3",
  "v1.2",
  "1.02.3",
  "2",
  "1.*",
  "1.2.*",
  "*",
  "",
  "0.0.3",
  "0.2.1",
  "1.2.3-rc.1+7",
  "x.1",
  ".5",
] as const;
const dates = [
  "2026-01-31",
  "2026-03-31T10:00:00Z",
  "-7d",
  "-1m",
  "-13m",
  "-1y",
  "-30h",
  "3w",
  "99999d",
  "no date",
] as const;
const numbers = [0, 1, 2.5, -3, 10, 1_000_000] as const;

function randomValue(random: Random): unknown {
  return random.pick<() => unknown>([
    () => random.pick(words),
    () => random.pick(numbers),
    () => random.pick([true, false]),
    () => random.pick(versions),
    () => random.pick(dates),
    () =>
      times(random.whole(0, 3), () => random.pick<unknown>([...words, ...numbers, true] as [unknown, ...unknown[]])),
    () => null,
    () => ({ b: [2.5, "x"], a: true }),
  ])();
}

function randomProperty(random: Random): FlagProperty {
  if (random.chance(0.03)) return { key: "id", type: "cohort", value: 7 };
  const operator = random.pick(operators);
  const value = (): unknown => {
    if (random.chance(0.15)) return randomValue(random);
    if (operator.endsWith("regex")) return random.pick(patterns);
    if (operator.startsWith("semver")) return random.pick(versions);
    if (operator.startsWith("is_date")) return random.pick(dates);
    if (/^[gl]te?$/.test(operator))
      return random.pick<unknown>([...numbers, "10", "2x", "abc"] as [unknown, ...unknown[]]);
    return random.pick<unknown>([random.pick(words), [random.pick(words), random.pick(words)], true]);
  };
  return {
    key: random.pick(["plan", "seats", "since", "app", "onboarded"]),
    type: "person",
    value: value(),
    ...(random.chance(0.95) ? { operator } : {}),
  };
}

/** Person properties, some of another kind than usual. */
export function randomPerson(random: Random): Record<string, unknown> {
  const usual: Record<string, () => unknown> = {
    plan: () => random.pick(words),
    seats: () => random.pick(numbers),
    since: () => random.pick(dates),
    app: () => random.pick(versions),
    onboarded: () => random.pick([true, false]),
  };
  return Object.fromEntries(
    Object.entries(usual)
      .filter(() => random.chance(0.85))
      .map(([key, make]) => [key, random.chance(0.1) ? randomValue(random) : make()]),
  );
}

const times = <Item>(number: number, make: () => Item): Item[] => Array.from({ length: number }, make);
