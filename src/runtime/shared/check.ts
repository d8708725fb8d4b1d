import { eventRules } from "./catalog.ts";
import type { ValueRule } from "./rule.ts";

/** One reason why the catalog does not allow an event. */
export interface EventFinding {
  readonly event: string;
  /** Absent when the event itself is unknown. */
  readonly property?: string;
  readonly problem: "unknown" | "missing" | "forbidden" | "wrong value";
  /**
   * What the catalog requires, in words; for an unknown name, the likely intended one. Absent when there is nothing to
   * add.
   */
  readonly expected?: string;
}

/** All differences between an event and its catalog entry. PostHog's own `$…` properties are not checked. */
export function eventFindings(event: string, properties: Readonly<Record<string, unknown>>): EventFinding[] {
  const rules = Object.hasOwn(eventRules, event) ? eventRules[event] : undefined;
  if (!rules) return event.startsWith("$") ? [] : [{ event, problem: "unknown" }];
  const passed = Object.keys(properties).filter((name) => properties[name] !== undefined);
  const missing = Object.keys(rules).filter((name) => !rules[name]?.optional && properties[name] === undefined);
  return [
    ...passed.flatMap((property): EventFinding[] => {
      const rule = Object.hasOwn(rules, property) ? rules[property] : undefined;
      if (!rule) return property.startsWith("$") ? [] : [{ event, property, problem: "unknown" }];
      if (rule.privacy === "forbidden") return [{ event, property, problem: "forbidden" }];
      return valueFits(rule, properties[property])
        ? []
        : [{ event, property, problem: "wrong value", expected: inWords(rule) }];
    }),
    ...missing.map((property): EventFinding => ({ event, property, problem: "missing" })),
  ];
}

/** Whether the rule allows a value. The length of texts that are cut anyway is ignored. */
export function valueFits(rule: ValueRule, value: unknown): boolean {
  switch (rule.type) {
    case "json":
      return true;
    case "none":
      return false;
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return (
        typeof value === "string" &&
        value.length >= (rule.minLength ?? 0) &&
        (!rule.oneOf || rule.oneOf.includes(value)) &&
        (rule.pattern === undefined || new RegExp(rule.pattern, "u").test(value))
      );
    default:
      return (
        typeof value === "number" &&
        (rule.type === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
        value >= (rule.minimum ?? value)
      );
  }
}

function inWords({ type, oneOf, minimum, minLength, pattern }: ValueRule): string {
  const bound = minimum ?? pattern ?? (minLength && "not empty");
  return oneOf ? oneOf.join(" | ") : bound === undefined ? type : `${type} (${bound})`;
}

/**
 * Thrown only in development: an event does not match the catalog. Contains every finding of the call.
 *
 * @example
 * try {
 *   track("onboarding.stepper_open");
 * } catch (error) {
 *   if (error instanceof EventNotAllowedError) console.error(error.message);
 * }
 */
export class EventNotAllowedError extends Error {
  override readonly name = "EventNotAllowedError";
  readonly findings: readonly EventFinding[];

  constructor(findings: readonly EventFinding[]) {
    const lines = findings.map(({ event, property, problem, expected }) => {
      const what = expected ? `not ${expected}` : problem === "unknown" ? "not in the catalog" : problem;
      return `${event}: ${property === undefined ? "" : `property "${property}" is `}${what}`;
    });
    super(`${lines.join("\n")}\nProduction sends the rest. Change it or src/catalog/events.ts.`);
    this.findings = findings;
  }
}
