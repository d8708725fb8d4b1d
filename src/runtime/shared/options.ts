/** Allowed values of a numeric option, and the replacement of an invalid one. */
export interface NumberRule {
  readonly least: number;
  readonly most: number;
  /** Used in production instead of a value that is not a number, too small or infinite. */
  readonly otherwise: number;
  /** How fractions are rounded in production. Absent: fractions are allowed. */
  readonly whole?: "down" | "up";
  /** The option may be left out. */
  readonly optional?: true;
  /** Numbers outside the bounds mean the nearer bound, as documented. */
  readonly moves?: true;
  /** What 0 means, where that is not obvious. */
  readonly zero?: string;
}

/** One option with an invalid value. */
export interface OptionFinding {
  /** Where it was given, e.g. `rateLimit("prompts").limit`. */
  readonly option: string;
  /** The value as text. */
  readonly value: string;
  readonly expected: string;
  /** What production uses instead. */
  readonly used: string;
}

/**
 * Thrown only in development: an option has an invalid value. Contains every finding of the call.
 *
 * @example
 * try {
 *   circuitBreaker("calendar", { failures: 0 });
 * } catch (error) {
 *   if (error instanceof OptionError) console.error(error.findings);
 * }
 */
export class OptionError extends Error {
  override readonly name = "OptionError";
  readonly findings: readonly OptionFinding[];

  constructor(findings: readonly OptionFinding[]) {
    super(findings.map(sentence).join("\n"));
    this.findings = findings;
  }
}

/**
 * Also true for an error of another copy of this package.
 *
 * @example
 * try {
 *   rateLimit("sms", { limit: -1, windowSeconds: 60, whenRedisIsDown: "open" });
 * } catch (error) {
 *   if (isOptionError(error)) console.error(error.findings);
 * }
 */
export function isOptionError(error: unknown): error is OptionError {
  return error instanceof Error && error.name === "OptionError";
}

export function sentence({ option, value, expected, used }: OptionFinding): string {
  return `${option} is ${value}; it has to be ${expected}. Production uses ${used}.`;
}

/** The number to use. A problem with the given one is added to the findings. */
export function numberOption(option: string, value: unknown, rule: NumberRule, findings: OptionFinding[]): number {
  const { least, most, otherwise, whole, optional, moves } = rule;
  if (typeof value === "number") {
    const fits = value >= least && value <= most && (whole === undefined || Number.isInteger(value));
    if (fits) return value;
    if (moves && !Number.isNaN(value)) return Math.min(most, Math.max(least, Math.round(value)));
  }
  if (value === undefined && optional) return otherwise;
  const used = usable(typeof value === "string" && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value, rule);
  findings.push({ option, value: printable(value), expected: inWords(rule), used: String(used) });
  return used;
}

function usable(value: unknown, { least, most, otherwise, whole }: NumberRule): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < least) return otherwise;
  const near = Math.min(most, value);
  return whole === undefined ? near : whole === "down" ? Math.floor(near) : Math.ceil(near);
}

export function inWords({ least, most, whole, zero, moves }: NumberRule): string {
  const range = `${whole ? "a whole number" : "a number"} from ${least} to ${most}`;
  return `${range}${moves ? " (others mean the nearer bound)" : ""}${zero ? `; 0 ${zero}` : ""}`;
}

/** A value for a message: texts, and values with texts, are not shown whole, since they may contain anything. */
export function printable(value: unknown): string {
  if (typeof value === "string") return /^[\d.eE+-]{0,20}$/.test(value) ? `the text "${value}"` : "a text";
  switch (typeof value) {
    case "bigint":
      return "a bigint";
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    case "object":
      return value === null ? "null" : "an object";
    default:
      return String(value);
  }
}

/** Reports findings: an error in development, one warning for each in production. */
export type ReportOptions = (findings: readonly OptionFinding[]) => void;

/** Maximum number of different findings that are reported. */
const mostTold = 100;

export function createOptionReport(development: boolean, warn: (message: string) => void): ReportOptions {
  const warned = new Set<string>();
  return (findings) => {
    if (findings.length === 0) return;
    if (development) throw new OptionError(findings);
    for (const finding of findings) {
      if (warned.has(finding.option) || warned.size >= mostTold) continue;
      warned.add(finding.option);
      warn(sentence(finding));
    }
  };
}
