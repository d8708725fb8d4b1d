import { createContext, Script } from "node:vm";
import semver from "semver";
import { instantOf } from "./dates.ts";

/**
 * Time limit for one match. The service stops after 10,000 backtracking steps, which take about a millisecond; a machine that
 * has much to do may interrupt a harmless one for longer.
 */
const longestLookMs = 500;

const context = createContext({ pattern: "", text: "" });
const look = new Script("new RegExp(pattern).test(text)");

/**
 * Whether the text matches a user's pattern; `null` when the pattern is invalid or takes too long: `(a+)+$` doubles its
 * work with each letter, and would block everything else on this thread.
 */
function matchesPattern(pattern: string, text: string): boolean | null {
  Object.assign(context, { pattern, text });
  try {
    return Boolean(look.runInContext(context, { timeout: longestLookMs }));
  } catch {
    return null;
  }
}

/** A value of JSON as the service compares it: a text as it is, anything else as JSON. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? "null"));

/** ASCII alone: what the service folds when it looks for a part of a text. */
const folded = (value: unknown): string => textOf(value).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

function numberOf(value: unknown): number | null {
  const text = textOf(value);
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

interface Compared {
  /** The filter's value; never missing. */
  readonly wanted: unknown;
  /** The person's value; never missing. */
  readonly actual: unknown;
  readonly now: Date;
  readonly timezone: string;
}

type Test = (compared: Compared) => boolean;

/** Whether an operator holds for a value that is there, and whether it does for one that is not. */
interface Operator {
  readonly test: Test;
  readonly whenMissing: boolean;
}

const found = (test: Test): Operator => ({ test, whenMissing: false });
const not = (test: Test): Operator => ({ test: (compared) => !test(compared), whenMissing: true });

const exact: Test = ({ wanted, actual }) => {
  if (isTruthValue(wanted)) return isTrue(wanted) === isTrue(actual);
  const target = textOf(actual).toLowerCase();
  return (Array.isArray(wanted) ? wanted : [wanted]).some((one) => textOf(one).toLowerCase() === target);
};

function isTruthValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isTruthValue);
  return typeof value === "boolean" || (typeof value === "string" && /^(true|false)$/i.test(value));
}

function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isTrue);
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}

const contains: Test = ({ wanted, actual }) => folded(actual).includes(folded(wanted));
const containsAny: Test = ({ wanted, actual }) =>
  (Array.isArray(wanted) ? wanted : [wanted]).some((one) => folded(actual).includes(folded(one)));
const startsWith: Test = ({ wanted, actual }) => folded(actual).startsWith(folded(wanted));
const endsWith: Test = ({ wanted, actual }) => folded(actual).endsWith(folded(wanted));

/** An expression that is invalid or takes too long matches nothing, negated or not. */
const regex =
  (isWanted: boolean): Test =>
  ({ wanted, actual }) =>
    matchesPattern(textOf(wanted), textOf(actual)) === isWanted;

/** Text that is not a number does not match. */
const number =
  (test: (left: number, right: number) => boolean): Test =>
  ({ wanted, actual }) => {
    const [left, right] = [numberOf(actual), numberOf(wanted)];
    return left !== null && right !== null && test(left, right);
  };

const between =
  (isInside: boolean): Test =>
  ({ wanted, actual }) => {
    const [low, high] = Array.isArray(wanted) && wanted.length === 2 ? wanted.map(numberOf) : [];
    const value = numberOf(actual);
    if (typeof low !== "number" || typeof high !== "number" || low > high || value === null) return false;
    return (value >= low && value <= high) === isInside;
  };

/** "v3.08" is 3.8.0: mobile apps write versions like that. */
function versionText(value: unknown): string {
  const [, core = "", suffix = ""] = /^v?([^-+]*)(.*)$/s.exec(textOf(value).trim()) ?? [];
  const parts = core.split(".").map((part) => (/^\d+$/.test(part) ? part.replace(/^0+(?=\d)/, "") : part));
  while (parts.length < 3) parts.push("0");
  return parts.join(".") + suffix;
}

const version =
  (test: (order: number) => boolean): Test =>
  ({ wanted, actual }) => {
    const [left, right] = [semver.parse(versionText(actual)), semver.parse(versionText(wanted))];
    return left !== null && right !== null && test(semver.compare(left, right));
  };

const within =
  (rangeOf: (wanted: unknown) => string): Test =>
  ({ wanted, actual }) =>
    semver.satisfies(versionText(actual), rangeOf(wanted));

/** A person's number is seconds since 1970; a filter's date is a text. */
const date =
  (test: (left: number, right: number) => boolean): Test =>
  ({ wanted, actual, now, timezone }) => {
    const left = typeof actual === "number" ? actual * 1000 : instantOf(actual, now, timezone);
    const right = instantOf(wanted, now, timezone);
    return left !== null && right !== null && test(left, right);
  };

/** Source: rust/feature-flags/src/properties/property_matching.rs. */
const table: Readonly<Record<string, Operator>> = {
  exact: found(exact),
  is_not: not(exact),
  icontains: found(contains),
  not_icontains: not(contains),
  icontains_multi: found(containsAny),
  not_icontains_multi: not(containsAny),
  starts_with: found(startsWith),
  not_starts_with: not(startsWith),
  ends_with: found(endsWith),
  not_ends_with: not(endsWith),
  regex: found(regex(true)),
  not_regex: { test: regex(false), whenMissing: true },
  gt: found(number((left, right) => left > right)),
  gte: found(number((left, right) => left >= right)),
  lt: found(number((left, right) => left < right)),
  lte: found(number((left, right) => left <= right)),
  between: found(between(true)),
  not_between: { test: between(false), whenMissing: true },
  semver_gt: found(version((order) => order > 0)),
  semver_gte: found(version((order) => order >= 0)),
  semver_lt: found(version((order) => order < 0)),
  semver_lte: found(version((order) => order <= 0)),
  semver_eq: found(version((order) => order === 0)),
  semver_neq: found(version((order) => order !== 0)),
  semver_tilde: found(within((wanted) => `~${versionText(wanted)}`)),
  semver_caret: found(within((wanted) => `^${versionText(wanted)}`)),
  semver_wildcard: found(within((wanted) => textOf(wanted).trim().replace(/^v/, "").replaceAll("*", "x"))),
  is_date_exact: found(date((left, right) => left === right)),
  is_date_after: found(date((left, right) => left > right)),
  is_date_before: found(date((left, right) => left < right)),
};

const withoutValue = ["is_set", "is_not_set"];
/** Evaluated on a cohort or another flag, not on a property of the person. */
const ofOthers = ["in", "not_in", "flag_evaluates_to"];

/** All that a filter may refer to. */
export const operators: readonly string[] = [...Object.keys(table), ...withoutValue, ...ofOthers];

/** Whether a filter on a person's property holds. */
export function propertyHolds(
  filter: { readonly key: string; readonly operator?: string | null; readonly value?: unknown },
  person: Readonly<Record<string, unknown>>,
  at: Pick<Compared, "now" | "timezone">,
): boolean {
  const isKnown = Object.hasOwn(person, filter.key);
  const name = filter.operator ?? "exact";
  if (name === "is_set") return isKnown;
  if (name === "is_not_set") return !isKnown;
  const operator = table[name];
  if (operator === undefined || filter.value === undefined || filter.value === null) return false;
  return isKnown ? operator.test({ wanted: filter.value, actual: person[filter.key], ...at }) : operator.whenMissing;
}

/** Whether a flag's result is the value that another flag requires: any variant counts as true. */
export function becameAsWanted(wanted: unknown, became: boolean | string): boolean {
  return typeof wanted === "boolean" ? wanted === (became !== false) : wanted === became;
}
