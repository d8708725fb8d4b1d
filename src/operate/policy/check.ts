import type { Plan } from "../plan/plan.ts";
import type { PolicyContext, Rule, Subject, Violation } from "./rule.ts";
import { rules } from "./rules.ts";

export interface PolicyFinding extends Violation {
  readonly rule: string;
  /** URN; undefined for a finding in the configuration. */
  readonly urn?: string;
  /** Name of the resource; undefined for the stack's configuration. */
  readonly name?: string;
}

export interface PolicyResult {
  /** Number of rules, and how many of them were checked completely and hold. */
  readonly rules: number;
  readonly holding: number;
  /** Rules without a violation so far that depend on values known only after the update. */
  readonly undecided: readonly Undecided[];
  readonly findings: readonly PolicyFinding[];
}

export interface Undecided {
  readonly rule: string;
  /** Findings on resources, in the order of the plan. */
  readonly names: readonly string[];
}

/** All violations of rules, in the resources after a plan or in the live ones. */
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

/** The rules that cannot be checked completely before the update, with the resources that they wait for. */
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

/** The project's setting `protect`, for any project name. */
const contextOf = (configuration: Plan["configuration"]): PolicyContext => {
  const protect = Object.entries(configuration).find(([key]) => key.endsWith(":protect"))?.[1];
  return { protect: protect !== "false" };
};
