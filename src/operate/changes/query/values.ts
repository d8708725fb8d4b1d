import { isObject, list, object } from "../../../insights/define/check/json.ts";
import { own } from "../../../model/json.ts";
import { displayOf } from "../../../model/posthog/displays.ts";

/** A query's value in words; anything else as shortened JSON. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "string") return value;
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

const unitLetters: Readonly<Record<string, string>> = {
  second: "s",
  minute: "min",
  hour: "h",
  day: "d",
  week: "w",
  month: "months",
};

/** "14 d" for 14 and "day". */
export const spanWords = (amount: unknown, unit: unknown): string =>
  `${valueWords(amount)} ${own(unitLetters, String(unit)) ?? valueWords(unit)}`;

/** PostHog's date range: "last 30 d", "since 2026-11-01". Source: posthog/utils.py relative_date_parse. */
export function rangeWords(dateRange: unknown): string {
  const { date_from: from, date_to: to } = object(dateRange);
  const relative = typeof from === "string" ? /^-(\d+)([hdwmy])$/.exec(from) : null;
  const start =
    from === undefined || from === null
      ? "PostHog's own range"
      : from === "all"
        ? "all time"
        : relative
          ? `last ${relative[1]} ${relative[2] === "m" ? "months" : relative[2]}`
          : `since ${from}`;
  return to === undefined || to === null ? start : `${start} until ${to}`;
}

export const displayName = (display: unknown): string =>
  (typeof display === "string" || display === undefined ? displayOf(display)?.says : undefined) ?? valueWords(display);

const formatWords: Readonly<Record<string, string>> = {
  numeric: "counts",
  percentage: "per cent",
  percentage_scaled: "shares",
  duration: "seconds",
  duration_ms: "milliseconds",
  short: "short numbers",
};
export const formatName = (format: unknown): string =>
  format === undefined ? "counts" : (own(formatWords, String(format)) ?? valueWords(format));

const operatorWords: Readonly<Record<string, string>> = {
  exact: "is",
  is_not: "is not",
  icontains: "contains",
  not_icontains: "does not contain",
  regex: "matches",
  not_regex: "does not match",
  gt: "is more than",
  gte: "is at least",
  lt: "is less than",
  lte: "is at most",
  between: "is between",
  is_set: "is set",
  is_not_set: "is not set",
};

/** "where `direction` is back and onboard is true"; "everything" without a filter. */
export function filterWords(filters: unknown): string {
  const conditions = flat(filters).map((filter) => {
    const { key, operator = "exact", value } = filter;
    const says = own(operatorWords, String(operator)) ?? String(operator).replaceAll("_", " ");
    return /is_(not_)?set/.test(String(operator)) ? `${key} ${says}` : `${key} ${says} ${choiceWords(value)}`;
  });
  return conditions.length === 0 ? "everything" : `where ${conditions.join(" and ")}`;
}

const choiceWords = (value: unknown): string =>
  Array.isArray(value) ? value.map(valueWords).join(" or ") : valueWords(value);

/** A list of filters, or PostHog's groups of them. */
function flat(filters: unknown): Readonly<Record<string, unknown>>[] {
  const items = isObject(filters) ? list(filters.values) : list(filters);
  return items.flatMap((item) => (isObject(item) && "values" in item ? flat(item) : [object(item)]));
}

/** Properties of a breakdown, in the form of trends or of funnels. */
export function breakdownWords(breakdownFilter: unknown): string {
  const { breakdowns, breakdown } = object(breakdownFilter);
  const single = breakdown === undefined || breakdown === null ? [] : list([breakdown].flat());
  const names = [...list(breakdowns).map((one) => object(one).property), ...single].map(valueWords);
  return names.length === 0 ? "nothing" : names.join(" and ");
}
