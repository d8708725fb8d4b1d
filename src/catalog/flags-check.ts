import { isObject, own } from "../model/json.ts";
import { matchesPattern } from "../model/posthog/flags/pattern.ts";
import type { EventProperty } from "./event.ts";
import type { Finding } from "./finding.ts";
import { conditionWords, type FlagCatalog, type FlagDefinition, type FlagRule } from "./flag.ts";
import { suggestion } from "./nearest.ts";
import { owners } from "./owners.ts";
import { people } from "./people.ts";

const file = "src/catalog/flags.ts";

/** What PostHog takes (products/feature_flags/backend/api/feature_flag.py). */
const keys = /^[a-zA-Z0-9_-]{1,400}$/;
const variantKeys = /^[a-zA-Z0-9_./-]{1,400}$/;
const day = /^\d{4}-\d\d-\d\d$/;
/** "-30d": so long ago. */
const ago = /^-\d{1,4}[hdwmy]$/;

/** All problems of the flags' definitions; empty for valid ones. Pure: takes any catalog, throws nothing. */
export const flagFindings = (catalog: FlagCatalog): Finding[] =>
  Object.entries(catalog).flatMap(([key, flag]) => [
    ...headFindings(key, flag),
    ...variantFindings(key, flag),
    ...flag.rules.flatMap((rule, index) => ruleFindings(key, flag, rule, index)),
  ]);

/** The keys of flags whose day of expiry is over on `today`, e.g. "2026-11-27". */
export const expiredFlags = (catalog: FlagCatalog, today: string): string[] =>
  Object.keys(catalog).filter((key) => (catalog[key]?.expires ?? today) < today);

/** What a flag gives everybody, whatever is known of them; undefined where it depends on the person. */
export function sameForEverybody({ active = true, rules, ...flag }: FlagDefinition): boolean | string | undefined {
  if (!active || rules.every(({ rolloutPercent }) => rolloutPercent === 0)) return false;
  const [first] = rules.filter(({ rolloutPercent }) => rolloutPercent > 0);
  if (!first || first.rolloutPercent < 100 || Object.keys(first.where ?? {}).length > 0) return undefined;
  if (flag.type === "boolean") return true;
  return first.variant ?? Object.entries(flag.variants).find(([, percent]) => percent === 100)?.[0];
}

type Report = (problem: string, fix: string, value: unknown) => Finding;

const reportOn =
  (key: string, place = ""): Report =>
  (problem, fix, value) => ({
    where: `${file}  flag "${key}"${place}`,
    problem: `the flag ${key} ${problem}`,
    fix,
    value,
  });

function headFindings(key: string, { owner, meaning, expires, handledInPostHog = [] }: FlagDefinition): Finding[] {
  const finding = reportOn(key);
  const unknown = handledInPostHog.filter((one) => one !== "active" && one !== "rollout");
  return [
    ...(keys.test(key)
      ? []
      : [finding("has a key that PostHog refuses", "use letters, digits, - and _, at most 400", key)]),
    ...(own(owners, owner)
      ? []
      : [finding(`has the unknown owner ${owner}`, suggestion(String(owner), Object.keys(owners)), owner)]),
    ...(meaning.trim() === "" ? [finding("has no meaning", "say what is different for who has it", meaning)] : []),
    ...(isDay(expires)
      ? []
      : [finding(`expires on ${JSON.stringify(expires)}, which is no day`, 'write it as "2027-03-31"', expires)]),
    ...unknown.map((one) =>
      finding(`leaves ${JSON.stringify(one)} to PostHog`, 'only "active" and "rollout" can be handled there', one),
    ),
  ];
}

const isDay = (text: unknown): boolean =>
  typeof text === "string" &&
  day.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

function variantFindings(key: string, flag: FlagDefinition): Finding[] {
  const finding = reportOn(key);
  const { whenAway } = flag;
  const away = `is ${JSON.stringify(whenAway)} when PostHog is away`;
  if (flag.type === "boolean")
    return [true, false].includes(whenAway as boolean) ? [] : [finding(away, "say true or false", whenAway)];
  const { variants } = flag;
  const shares = Object.values(variants);
  const sum = shares.reduce((all, share) => all + share, 0);
  return [
    ...Object.entries(variants).flatMap(([variant, percent]) => [
      ...(variantKeys.test(variant)
        ? []
        : [finding(`has a variant that PostHog refuses: ${variant}`, "use letters, digits, - _ . and /", variant)]),
      ...(isPercent(percent)
        ? []
        : [finding(`gives ${percent} % to ${variant}`, "a share is 0 to 100 per cent", percent)]),
    ]),
    // PostHog adds them up as they are: 33.3 three times is not 100.
    ...(sum === 100
      ? []
      : [finding(`has variants that sum to ${sum} %, not 100`, "let the shares sum to 100 per cent", variants)]),
    ...(whenAway === false || own(variants, String(whenAway)) !== undefined
      ? []
      : [
          finding(
            `${away}, which is none of its variants`,
            suggestion(String(whenAway), Object.keys(variants)),
            whenAway,
          ),
        ]),
  ];
}

const isPercent = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 100;

function ruleFindings(key: string, flag: FlagDefinition, rule: FlagRule, index: number): Finding[] {
  const finding = reportOn(key, `  rule ${index + 1}`);
  const { rolloutPercent, variant, where = {} } = rule;
  const variants = flag.type === "boolean" ? [] : Object.keys(flag.variants);
  return [
    ...(isPercent(rolloutPercent)
      ? []
      : [finding(`opens for ${rolloutPercent} %`, "a rollout is 0 to 100 per cent", rolloutPercent)]),
    ...(variant === undefined || variants.includes(variant)
      ? []
      : [finding(`gives the unknown variant ${variant}`, suggestion(variant, variants), variant)]),
    ...Object.entries(where).flatMap(([property, condition]) => conditionFindings(finding, property, condition)),
  ];
}

function conditionFindings(finding: Report, property: string, condition: unknown): Finding[] {
  const known = own(people as Readonly<Record<string, EventProperty>>, property);
  if (!known) {
    return [finding(`asks for the unknown property ${property}`, suggestion(property, Object.keys(people)), property)];
  }
  const wrong = (problem: string, fix: string) => [finding(`asks whether ${property} ${problem}`, fix, condition)];
  const noneOf = (values: unknown): Finding[] => {
    const list = [values].flat();
    if (list.length === 0) return wrong("is one of none", "name at least one value");
    const impossible = list.find((value) => !known.type.safeParse(value).success);
    return impossible === undefined
      ? []
      : wrong(`is ${JSON.stringify(impossible)}, which it never is`, `${property}: ${known.meaning}`);
  };
  if (!isObject(condition)) {
    return typeof [condition].flat()[0] === "number"
      ? wrong("is a certain number", "PostHog's SDKs cannot decide that: use atLeast and atMost")
      : noneOf(condition);
  }
  const words = Object.keys(condition);
  const [word = ""] = words;
  if (words.length !== 1 || !conditionWords.some((one) => one === word)) {
    return wrong(`is ${JSON.stringify(condition)}`, `say one of ${conditionWords.join(", ")}`);
  }
  const value = condition[word];
  switch (word) {
    case "not":
      return noneOf(value);
    case "matches":
      return isPortable(value) ? [] : wrong(`matches ${JSON.stringify(value)}`, patternAdvice);
    case "before":
    case "after":
      if (!known.type.safeParse("2026-01-01").success || property === "tenant_id")
        return wrong(`is ${word} a day`, `${property} is no day: ${known.meaning}`);
      return isDay(value) || (typeof value === "string" && ago.test(value))
        ? []
        : wrong(`is ${word} ${JSON.stringify(value)}`, 'give a day ("2026-11-27"), or how long ago ("-30d")');
    default:
      return known.type.safeParse(0).success && Number.isFinite(value)
        ? []
        : wrong(`is ${word} ${JSON.stringify(value)}`, `compare numbers; ${property}: ${known.meaning}`);
  }
}

const patternAdvice =
  "write a pattern of plain letters, classes, groups and repetitions: the apps could not evaluate this one";

/** Whether the apps evaluate the pattern as PostHog does. */
function isPortable(pattern: unknown): boolean {
  try {
    return typeof pattern === "string" && matchesPattern(pattern, "") !== null;
  } catch {
    return false;
  }
}
