import { z } from "zod";
import { variableSet, variableValue } from "../../kernel/variable-set.ts";

const variable = z.strictObject({
  visibility: z.enum(["public", "secret"], "a variable is public or secret"),
  value: variableValue,
});
/** A variable as the program wants it. Render makes no difference between public and secret; reports and state do. */
export type Variable = z.infer<typeof variable>;

/** What a `ServiceVariables` resource takes. */
export const serviceVariablesInputs = z.strictObject({
  serviceId: z.string().regex(/^\w+-\w+$/, "is not a service's id (srv-…)"),
  variables: variableSet(variable),
  adopt: z.array(z.string()),
  /** "pending" is what a refresh shows of a deploy that was due and could not be started. */
  deploy: z.enum(["after-change", "never", "pending"]).refine((when): boolean => when !== "pending", "is not a choice"),
});
export type ServiceVariablesInputs = z.infer<typeof serviceVariablesInputs>;

/** What the resource knows beside its variables. */
export interface ServiceVariablesOutputs {
  /** Names that it wrote, or may have written. No other name is ever touched. */
  owned: string[];
  /** Whether something was written that no deploy of this resource has taken over. */
  deployPending: boolean;
}

export type ServiceVariablesState = ServiceVariablesInputs & ServiceVariablesOutputs;
