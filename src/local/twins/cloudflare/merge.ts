import type { DeploymentConfig, Variable } from "./project.ts";

/**
 * How a PATCH treats a variable's value without its type, which the provider sends when a value changes.
 * The API's documentation calls both required; the servers' behavior was not observed, so tests can choose any of the three.
 */
export type TypelessVariables = "keep-type" | "plain-text" | "refuse";

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** RFC 7396: objects are merged key by key, `null` removes a key, anything else replaces the old value. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** Settings of an environment after a PATCH. Throws a `VariableError` for a variable that stays incomplete. */
export function mergeConfig(
  config: DeploymentConfig,
  patch: JsonObject,
  typeless: TypelessVariables,
): DeploymentConfig {
  const { env_vars: variables, ...settings } = patch;
  const merged = mergePatch(config, settings) as DeploymentConfig;
  // The whole map may be null, which removes all variables.
  if (variables === null) return { ...merged, env_vars: {} };
  const after = { ...config.env_vars };
  for (const [name, change] of Object.entries(isObject(variables) ? variables : {})) {
    if (change === null) delete after[name];
    else after[name] = mergeVariable(name, after[name], change, typeless);
  }
  return { ...merged, env_vars: after };
}

export class VariableError extends Error {
  override name = "VariableError";
}

function mergeVariable(
  name: string,
  before: Variable | undefined,
  change: unknown,
  typeless: TypelessVariables,
): Variable {
  const given: JsonObject = isObject(change) ? change : {};
  const type = given.type === undefined ? typeOf(name, before, typeless) : String(given.type).toLowerCase();
  if (type !== "plain_text" && type !== "secret_text")
    throw new VariableError(`${name}: type must be plain_text or secret_text.`);
  const value = given.value ?? before?.value;
  if (typeof value !== "string") throw new VariableError(`${name}: value must be a string.`);
  // developers.cloudflare.com/workers/platform/limits: 5 KB each. How Pages words its refusal is not documented.
  if (Buffer.byteLength(value) > 5 * 1024) throw new VariableError(`${name}: value is larger than 5 KB.`);
  return { type, value };
}

function typeOf(name: string, before: Variable | undefined, typeless: TypelessVariables): string {
  if (typeless === "refuse") throw new VariableError(`${name}: type is required.`);
  return typeless === "plain-text" ? "plain_text" : (before?.type ?? "plain_text");
}
