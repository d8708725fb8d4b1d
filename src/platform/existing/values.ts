import { type Input, runtime } from "@pulumi/pulumi";

/**
 * A value as providers get it: Pulumi's mark of an unknown one where it is not known yet, in a preview, and a secret in clear.
 * Only to be compared, never to be shown.
 */
export const plainValue = async (value: Input<string>): Promise<string> =>
  String(runtime.unwrapRpcSecret(await runtime.serializeProperty("value", value, new Set())));

/** Each variable with its value as {@link plainValue} gives it. */
export async function plainVariables<Variable extends { value: Input<string> }>(
  variables: Readonly<Record<string, Variable>>,
): Promise<Record<string, Variable & { value: string }>> {
  const entries = Object.entries(variables).map(async ([name, variable]) => [
    name,
    { ...variable, value: await plainValue(variable.value) },
  ]);
  return Object.fromEntries(await Promise.all(entries));
}
