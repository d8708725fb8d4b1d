import { z } from "zod";
import { longestVariableBytes } from "../../../model/vendors/cloudflare.ts";
import { variableSet, variableValue } from "../../kernel/variable-set.ts";
import type { PagesEnvironment } from "../api.ts";

const variable = z.strictObject({
  type: z.enum(["plain_text", "secret_text"], "a variable is plain_text or secret_text"),
  value: variableValue.refine(
    (value) => Buffer.byteLength(value) <= longestVariableBytes,
    `Cloudflare takes values of at most ${longestVariableBytes} bytes`,
  ),
});
/** A variable as the program defines it. */
export type Variable = z.infer<typeof variable>;

/** Inputs of a `PagesVariables` resource. */
export const pagesVariablesInputs = z.strictObject({
  accountId: z.string().regex(/^\w+$/, "an account's id is made of letters and digits"),
  projectName: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "is not the name of a Pages project"),
  production: variableSet(variable),
  preview: variableSet(variable).optional(),
  adopt: z.array(z.string()),
});
export type PagesVariablesInputs = z.infer<typeof pagesVariablesInputs>;

/** What the resource stores besides its inputs. */
export interface PagesVariablesOutputs {
  /** Names that it wrote, or may have written. It never changes any other name. */
  owned: Record<PagesEnvironment, string[]>;
  /** Names of `owned` whose last write got no answer: they are written again. */
  unconfirmed: Record<PagesEnvironment, string[]>;
}

export type PagesVariablesState = PagesVariablesInputs & PagesVariablesOutputs;
