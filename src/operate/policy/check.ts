import type { Plan } from "../plan/plan.ts";
import type { PolicyContext, Rule, Subject, Violation } from "./rule.ts";
import { rules } from "./rules.ts";

export interface PolicyFinding extends Violation {
  readonly rule: string;
  /** Undefined for a finding in the configuration. */
  readonly urn?: string;
  /** Name of the resource; the stack's configuration has none. */
  readonly name?: string;
}

export interface PolicyResult {
  /** How many rules there are, and how many of them were looked at in full and hold. */
  readonly rules: number;
  readonly holding: number;
  /** Rules that nothing breaks so far, where some of what they look at is known only after the update. */
  readonly undecided: readonly Undecided[];
  readonly findings: readonly PolicyFinding[];
}

export interface Undecided {
  readonly rule: string;
  /** Of resources, in the order of the plan. */
  readonly names: readonly string[];
}

/** Everything that breaks a rule in what a plan would leave behind, or in what is live. */
export function checkPolicy({ resources, configuration }: Pick<Plan, "resources" | "configuration">): PolicyResult {
  const context = contextOf(configuration);
  const findings = rules.flatMap((rule) => [
    ...(rule.checkConfiguration?.(configuration) ?? []).map((violation) => ({ rule: rule.name, ...violation })),
    ...resources.flatMap((resource) => findingsOf(rule, resource, context)),
  ]);
  const broken = new Set(findings.map(({ rule }) => rule));
  const undecided = undecidedIn(rules, resources).filter(({ rule }) => !broken.has(rule));
  return { rules: rules.length, holding: rules.length - broken.size - undecided.length, undecided, findings };
}

/** The rules that cannot be looked at in full before the update, with what they wait for. */
export const undecidedIn = (among: readonly Rule[], subjects: readonly Subject[]): Undecided[] =>
  among.flatMap(({ name: rule, isOpen }) => {
    const names = subjects.filter((subject) => isOpen?.(subject)).map(({ name }) => name);
    return names.length === 0 ? [] : [{ rule, names }];
  });

/** "owned (11 resources), redis-over-tls (backend)". */
export const undecidedText = (undecided: readonly Undecided[]): string =>
  undecided
    .map(({ rule, names }) => `${rule} (${names.length === 1 ? names[0] : `${names.length} resources`})`)
    .join(", ");

const findingsOf = (rule: Rule, subject: Subject, context: PolicyContext): PolicyFinding[] =>
  rule
    .check(subject, context)
    .map((violation) => ({ rule: rule.name, urn: subject.urn, name: subject.name, ...violation }));

/** `protect` of the project's own configuration, whatever the project is called. */
const contextOf = (configuration: Plan["configuration"]): PolicyContext => {
  const protect = Object.entries(configuration).find(([key]) => key.endsWith(":protect"))?.[1];
  return { protect: protect !== "false" };
};
