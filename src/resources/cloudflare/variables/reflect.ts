import type { LiveVariable, LiveVariables, PagesEnvironment } from "../api.ts";
import type { PagesVariablesInputs, PagesVariablesOutputs, PagesVariablesState, Variable } from "./inputs.ts";

/**
 * Stands for a value that cannot be read, or must not be shown. It differs from every wanted value, so that the next
 * `up` writes it.
 */
const notKnown = "(not known)";

/** The live state of the resource's own variables. Other variables are left out. */
export function reflectVariables(
  state: PagesVariablesState,
  live: LiveVariables,
): { inputs: PagesVariablesInputs; outputs: PagesVariablesOutputs } {
  const { accountId, projectName, adopt, owned, unconfirmed } = state;
  const preview = reflectEnvironment("preview", state, live);
  return {
    inputs: {
      ...{ accountId, projectName, adopt },
      production: reflectEnvironment("production", state, live),
      ...(state.preview || Object.keys(preview).length > 0 ? { preview } : {}),
    },
    outputs: { owned, unconfirmed },
  };
}

function reflectEnvironment(
  environment: PagesEnvironment,
  state: PagesVariablesState,
  live: LiveVariables,
): Record<string, Variable> {
  const names = new Set([...Object.keys(state[environment] ?? {}), ...state.owned[environment]]);
  const found = [...names].flatMap((name): [string, Variable][] => {
    const there = live[environment][name];
    if (!there) return [];
    const isConfirmed = !state.unconfirmed[environment].includes(name);
    return [[name, reflectVariable(state[environment]?.[name], there, isConfirmed)]];
  });
  return Object.fromEntries(found);
}

/** The value of a variable that became plain text is not shown: somebody may have put a secret there. */
function reflectVariable(known: Variable | undefined, { type, value }: LiveVariable, isConfirmed: boolean): Variable {
  if (type !== "secret_text") return { type: "plain_text", value: known?.type === "plain_text" ? value : notKnown };
  return { type, value: known?.type === type && isConfirmed ? known.value : notKnown };
}
