import type { ServiceVariablesInputs, ServiceVariablesOutputs, ServiceVariablesState, Variable } from "./inputs.ts";

/** Stands for a secret that is not the one that was written: somebody else's is kept out of state. */
const setByHand = "(set by hand)";

/** What is live of the resource's own variables. Those of others are not its business and are left out. */
export function reflectVariables(
  state: ServiceVariablesState,
  live: ReadonlyMap<string, string>,
): { inputs: ServiceVariablesInputs; outputs: ServiceVariablesOutputs } {
  const { serviceId, adopt, deploy, owned, deployPending } = state;
  const names = new Set([...Object.keys(state.variables), ...owned]);
  const found = [...names].flatMap((name): [string, Variable][] => {
    const value = live.get(name);
    return value === undefined ? [] : [[name, reflectVariable(state.variables[name], value)]];
  });
  return {
    inputs: {
      ...{ serviceId, adopt },
      variables: Object.fromEntries(found),
      deploy: deployPending && deploy !== "never" ? "pending" : deploy,
    },
    outputs: { owned, deployPending },
  };
}

function reflectVariable(known: Variable | undefined, value: string): Variable {
  if (known?.value === value) return known;
  return known?.visibility === "public" ? { visibility: "public", value } : { visibility: "secret", value: setByHand };
}
