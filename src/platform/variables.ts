import { type Input, type Output, output, RunError, secret } from "@pulumi/pulumi";
import {
  environment,
  type ValueOriginNameOf,
  type VariableName,
  type VariableNameOf,
  variableNamesOf,
} from "../catalog/environment.ts";
import { isOptionalOrigin, type ValuesByOrigin, valueFromOrigin } from "../catalog/value-origins.ts";
import type { App } from "../catalog/variable.ts";

/** The values for one app's variables: `{ posthog: { projectKey, ingestHost }, sentry: …, stage }`. */
export type VariableValues<Of extends App> = ValuesByOrigin<ValueOriginNameOf<Of>, Input<string>>;

export interface ValuedVariable {
  visibility: "public" | "secret";
  value: Output<string>;
}

/** One app's variables with their values, without those that the stack may do without and does. Secret ones are secret. */
export function variablesOf<Of extends App>(
  app: Of,
  values: VariableValues<Of>,
): Readonly<Record<VariableNameOf<Of>, ValuedVariable>> {
  const valued = variableNamesOf(app).flatMap((name) => {
    const { visibility, valueFrom } = environment[name];
    const given = valueFromOrigin<Input<string>>(values, valueFrom);
    if (given === undefined && isOptionalOrigin(valueFrom)) return [];
    const value = output(given).apply((known) => checkedValue(name, known));
    return [[name, { visibility, value: visibility === "secret" ? secret(value) : value }]];
  });
  return Object.fromEntries(valued);
}

/**
 * The value, if it is valid for the variable: a personal key instead of a project key must not get into a bundle.
 * @throws RunError that names the variable without its value
 */
export function checkedValue(name: VariableName, value: unknown): string {
  const { valueFrom, value: schema } = environment[name];
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const problem = value === undefined ? "is missing" : read.error.issues[0]?.message;
  throw new RunError(`${name} is not set: the value of ${valueFrom} ${problem}`);
}
