import { z } from "zod";
import { longestVariableBytes } from "../../../model/cloudflare/texts.ts";
import { variableSet, variableValue } from "../../kernel/variable-set.ts";
import type { PagesEnvironment } from "../api.ts";

const variable = z.strictObject({
  type: z.enum(["plain_text", "secret_text"], "a variable is plain_text or secret_text"),
  value: variableValue.refine(
    (value) => Buffer.byteLength(value) <= longestVariableBytes,
    `Cloudflare takes values of at most ${longestVariableBytes} bytes`,
  ),
});
/** A variable as the program wants it. */
export type Variable = z.infer<typeof variable>;

/** What a `PagesVariables` resource takes. */
export const pagesVariablesInputs = z.strictObject({
  accountId: z.string().regex(/^\w+$/, "an account's id is made of letters and digits"),
  projectName: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "is not the name of a Pages project"),
  production: variableSet(variable),
  preview: variableSet(variable).optional(),
  adopt: z.array(z.string()),
});
export type PagesVariablesInputs = z.infer<typeof pagesVariablesInputs>;

/** What the resource knows beside its variables. */
export interface PagesVariablesOutputs {
  /** Names that it wrote, or may have written. No other name is ever touched. */
  owned: Record<PagesEnvironment, string[]>;
  /** Names of `owned` whose last write got no answer: they are written again. */
  unconfirmed: Record<PagesEnvironment, string[]>;
}

export type PagesVariablesState = PagesVariablesInputs & PagesVariablesOutputs;
