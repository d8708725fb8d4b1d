/*
 * Numbers for people, in PostHog's axis formats.
 */

export type NumberFormat =
  | "numeric"
  | "percentage"
  | "percentage_scaled"
  | "duration"
  | "duration_ms"
  | "short"
  | "currency";

/** `prefix` and `postfix` as PostHog puts them around the number. */
export interface Unit {
  readonly format: NumberFormat;
  readonly prefix: string;
  readonly postfix: string;
}

export const plainUnit: Unit = { format: "numeric", prefix: "", postfix: "" };

/** Of a number between 0 and 1. */
export const shareUnit: Unit = { ...plainUnit, format: "percentage_scaled" };

/** "exact" beside a bar or in a table, "short" on an axis. */
export function formatNumber(
  value: number,
  { format, prefix, postfix }: Unit,
  length: "exact" | "short" = "exact",
): string {
  return `${prefix}${formatted(value, format, length)}${postfix}`;
}

function formatted(value: number, format: NumberFormat, length: "exact" | "short"): string {
  switch (format) {
    case "percentage":
      return `${digits(value, 1)} %`;
    case "percentage_scaled":
      return `${digits(value * 100, 1)} %`;
    case "duration":
      return formatSeconds(value);
    case "duration_ms":
      return Math.abs(value) < 1000 && value !== 0 ? `${digits(value, 0)} ms` : formatSeconds(value / 1000);
    default:
      return length === "short" || format === "short" ? shortNumber(value) : digits(value, 2);
  }
}

/** 12,345.67, without trailing zeros; 0.0037, where two decimals would be only zeros. */
function digits(value: number, most: number): string {
  const size = Math.abs(value);
  // Removes rounding errors of floating point, as of 0.1 + 0.2 - 0.3, and -0.
  if (size < 1e-12) return "0";
  const precision = size < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: most };
  return value.toLocaleString("en-US", precision);
}

/** 12.3k, 4.5M, 6T. */
function shortNumber(value: number): string {
  for (const [size, letter] of [
    [1e12, "T"],
    [1e9, "B"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    if (Math.abs(value) >= size) return `${digits(value / size, 1)}${letter}`;
  }
  return digits(value, 2);
}

const units = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/** The two largest units: "1 d 3 h", "2 min 5 s", "1.2 s". Short form: the largest only, "2 min". */
export function formatSeconds(seconds: number, length: "exact" | "short" = "exact"): string {
  if (seconds < 0) return `-${formatSeconds(-seconds, length)}`;
  if (seconds < 10) return `${digits(seconds, 1)} s`;
  const whole = Math.round(seconds);
  const first = units.findIndex(([size]) => whole >= size);
  const [size, name] = units[first] ?? [1, "s"];
  const [nextSize, nextName] = units[first + 1] ?? [1, ""];
  const rest = Math.floor((whole % size) / nextSize);
  const large = `${Math.floor(whole / size)} ${name}`;
  return rest === 0 || nextName === "" || length === "short" ? large : `${large} ${rest} ${nextName}`;
}
