import * as z from "zod";
import { environment, type VariableNameOf, variableNamesOf } from "./environment.ts";
import type { App } from "./variable.ts";

/** What an app finds in its environment. Every variable may be missing: no app fails for it. */
export type EnvironmentOf<Of extends App> = { readonly [Name in VariableNameOf<Of>]?: string | undefined };

/**
 * Reads an app's variables out of its whole environment (`process.env`, `import.meta.env`): others are left out, an empty
 * one counts as missing, a wrong one is an issue whose path is its name and whose text does not repeat the value.
 */
export function environmentSchema<Of extends App>(app: Of): z.ZodType<EnvironmentOf<Of>> {
  const missing = z.literal("").transform(() => undefined);
  const shape = Object.fromEntries(
    variableNamesOf(app).map((name) => [name, z.union([missing, environment[name].value]).optional()]),
  );
  // Object.fromEntries forgets the names; the return type says them again.
  return z.object(shape) as unknown as z.ZodType<EnvironmentOf<Of>>;
}
