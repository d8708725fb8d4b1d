import * as z from "zod";
import { environment, type VariableNameOf, variableNamesOf } from "./environment.ts";
import type { App } from "./variable.ts";

/** An app's environment variables. Each may be missing: no app fails without it. */
export type EnvironmentOf<Of extends App> = { readonly [Name in VariableNameOf<Of>]?: string | undefined };

/**
 * Reads an app's variables from its whole environment (`process.env`, `import.meta.env`). Others are ignored, an empty one
 * counts as missing, and a wrong one is an issue with its name as path and without its value.
 */
export function environmentSchema<Of extends App>(app: Of): z.ZodType<EnvironmentOf<Of>> {
  const missing = z.literal("").transform(() => undefined);
  const shape = Object.fromEntries(
    variableNamesOf(app).map((name) => [name, z.union([missing, environment[name].value]).optional()]),
  );
  // Object.fromEntries loses the names' types; the return type restores them.
  return z.object(shape) as unknown as z.ZodType<EnvironmentOf<Of>>;
}
