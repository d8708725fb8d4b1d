import { type Input, type Output, output, RunError, secret } from "@pulumi/pulumi";
import {
  environment,
  type SourceNameOf,
  type VariableName,
  type VariableNameOf,
  variableNamesOf,
} from "../catalog/environment.ts";
import type { App } from "../catalog/variable.ts";
import { type SourceValues, sourceValue } from "../catalog/variable-sources.ts";

/** The values that one app's variables come from: `{ posthog: { projectKey, ingestHost }, sentry: …, environment }`. */
export type VariableSources<Of extends App> = SourceValues<SourceNameOf<Of>, Input<string>>;

export interface ValuedVariable {
  visibility: "public" | "secret";
  value: Output<string>;
}

/** One app's variables by name, each with its value from its source. Those of secret ones are secret. */
export function variablesOf<Of extends App>(
  app: Of,
  sources: VariableSources<Of>,
): Readonly<Record<VariableNameOf<Of>, ValuedVariable>> {
  const valued = variableNamesOf(app).map((name) => {
    const { visibility, source } = environment[name];
    const value = output(sourceValue<Input<string>>(sources, source)).apply((known) => checkedValue(name, known));
    return [name, { visibility, value: visibility === "secret" ? secret(value) : value }];
  });
  return Object.fromEntries(valued);
}

/**
 * The value, if it is one that the variable may have: a personal key in place of a project key must not reach a bundle.
 * @throws RunError that names the variable and does not repeat the value
 */
export function checkedValue(name: VariableName, value: unknown): string {
  const { source, value: schema } = environment[name];
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const problem = value === undefined ? "is missing" : read.error.issues[0]?.message;
  throw new RunError(`${name} is not set: the value of its source, ${source}, ${problem}`);
}
