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
  /** How many rules were looked at, and how many of them hold. */
  readonly rules: number;
  readonly holding: number;
  readonly findings: readonly PolicyFinding[];
}

/** Everything that breaks a rule in what a plan would leave behind, or in what is live. */
export function checkPolicy({ resources, configuration }: Pick<Plan, "resources" | "configuration">): PolicyResult {
  const context = contextOf(configuration);
  const findings = rules.flatMap((rule) => [
    ...(rule.checkConfiguration?.(configuration) ?? []).map((violation) => ({ rule: rule.name, ...violation })),
    ...resources.flatMap((resource) => findingsOf(rule, resource, context)),
  ]);
  const broken = new Set(findings.map(({ rule }) => rule));
  return { rules: rules.length, holding: rules.length - broken.size, findings };
}

const findingsOf = (rule: Rule, subject: Subject, context: PolicyContext): PolicyFinding[] =>
  rule
    .check(subject, context)
    .map((violation) => ({ rule: rule.name, urn: subject.urn, name: subject.name, ...violation }));

/** `protect` of the project's own configuration, whatever the project is called. */
const contextOf = (configuration: Plan["configuration"]): PolicyContext => {
  const protect = Object.entries(configuration).find(([key]) => key.endsWith(":protect"))?.[1];
  return { protect: protect !== "false" };
};
