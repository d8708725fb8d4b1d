import { z } from "zod";
import { variableSet, variableValue } from "../../kernel/variable-set.ts";

const variable = z.strictObject({
  visibility: z.enum(["public", "secret"], "a variable is public or secret"),
  value: variableValue,
});
/** A variable as the program defines it. Render does not distinguish public from secret; reports and state do. */
export type Variable = z.infer<typeof variable>;

/** Inputs of a `ServiceVariables` resource. */
export const serviceVariablesInputs = z.strictObject({
  serviceId: z.string().regex(/^\w+-\w+$/, "is not a service's id (srv-…)"),
  variables: variableSet(variable),
  adopt: z.array(z.string()),
  /** A refresh shows "pending" for a required deploy that could not be started. */
  deploy: z.enum(["after-change", "never", "pending"]).refine((when): boolean => when !== "pending", "is not a choice"),
});
export type ServiceVariablesInputs = z.infer<typeof serviceVariablesInputs>;

/** What the resource stores besides its inputs. */
export interface ServiceVariablesOutputs {
  /** Names that it wrote, or may have written. It never changes any other name. */
  owned: string[];
  /** Whether something was written that no deploy of this resource has used yet. */
  deployPending: boolean;
}

export type ServiceVariablesState = ServiceVariablesInputs & ServiceVariablesOutputs;
