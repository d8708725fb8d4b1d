import { own } from "../../json.ts";
import type { FlagProperty } from "./filters.ts";
import { filterMomentMs, momentMs } from "./moment.ts";
import { matchesPattern } from "./pattern.ts";
import { Undetermined } from "./undetermined.ts";
import { matchesVersion } from "./version.ts";

/** What is known of a person. */
export type Person = Readonly<Record<string, unknown>>;

/**
 * Whether a condition on a person's property holds, as PostHog's SDKs decide it.
 * @throws Undetermined where only PostHog can say
 */
export function conditionHolds({ key, operator, value }: FlagProperty, person: Person, nowMs: number): boolean {
  const name = operator ?? "exact";
  if (!Object.hasOwn(person, key)) throw new Undetermined("property missing", `the property ${key} is not given`);
  if (name === "is_set" || name === "is_not_set") return name === "is_set";
  const actual = person[key];
  if (actual === undefined) throw new Undetermined("property missing", `the property ${key} is undefined`);
  const isNegated = name.startsWith("not_") || name === "is_not";
  const test = own(texts, name.replace(/^not_/, ""));
  if (test) {
    const holds = test(value, actual);
    return holds !== null && holds !== isNegated;
  }
  if (actual === null) return false;
  if (name.startsWith("semver_")) return matchesVersion(name, String(value), String(actual));
  const compare = own(comparisons, name);
  if (compare) return compareAsNumbers(value, actual, compare);
  const date = own(dates, name);
  if (date) return date(filterMomentMs(value, nowMs), momentMs(actual, "property missing"));
  throw new Undetermined("needs PostHog", `the operator ${name} is not known`);
}

type Test = (wanted: unknown, actual: unknown) => boolean | null;

const texts: Readonly<Record<string, Test>> = {
  exact: isSame,
  is_not: isSame,
  icontains: (wanted, actual) => folded(actual).includes(folded(wanted)),
  starts_with: (wanted, actual) => folded(actual).startsWith(folded(wanted)),
  ends_with: (wanted, actual) => folded(actual).endsWith(folded(wanted)),
  regex: (wanted, actual) => matchesPattern(String(wanted), String(actual)),
};

const comparisons: Readonly<Record<string, <T extends number | string>(left: T, right: T) => boolean>> = {
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
};

const dates: Readonly<Record<string, (wantedMs: number, actualMs: number) => boolean>> = {
  is_date_after: (wantedMs, actualMs) => actualMs > wantedMs,
  is_date_before: (wantedMs, actualMs) => actualMs < wantedMs,
};

/** PostHog folds only ASCII where it looks for a part of a text. */
const folded = (value: unknown): string => String(value).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

function isSame(wanted: unknown, actual: unknown): boolean {
  // A condition that is only true and false compares what is true, so that "True" and true are the same.
  if (isTruthValue(wanted)) return isTrue(wanted) === isTrue(actual);
  if (!Array.isArray(wanted)) return lower(wanted, "needs PostHog") === lower(actual, "property missing");
  const text = lower(actual, "property missing");
  return wanted.some((one) => lower(one, "needs PostHog") === text);
}

function isTruthValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isTruthValue);
  return typeof value === "boolean" || (typeof value === "string" && /^(?:true|false)$/i.test(value));
}

function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isTrue);
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}

const lower = (value: unknown, reason: Undetermined["reason"]): string => {
  const text = typeof value === "string" ? value : jsonText(value, reason);
  return text.toLowerCase();
};

/** JSON with sorted keys. PostHog writes 1 and 1.0 differently, and JavaScript cannot tell which a number was. */
function jsonText(value: unknown, reason: Undetermined["reason"]): string {
  if (typeof value === "number" && (Number.isInteger(value) || !Number.isFinite(value))) {
    throw new Undetermined(
      reason,
      `whether ${value} is the same number can only PostHog say: compare with atLeast and atMost`,
    );
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, reason)).join(",")}]`;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item, reason)}`).join(",")}}`;
}

/** As numbers where both begin with one, else as texts. */
function compareAsNumbers(
  wanted: unknown,
  actual: unknown,
  compare: <T extends number | string>(left: T, right: T) => boolean,
): boolean {
  const [left, right] = [numberOf(actual), numberOf(wanted)];
  if (Number.isFinite(left) && Number.isFinite(right)) return compare(left, right);
  return compare(String(actual), String(wanted));
}

const numberOf = (value: unknown): number => (typeof value === "number" ? value : Number.parseFloat(String(value)));
