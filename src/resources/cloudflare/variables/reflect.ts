import type { Environment, LiveVariable, LiveVariables } from "../api.ts";
import type { PagesVariablesInputs, PagesVariablesOutputs, PagesVariablesState, Variable } from "./inputs.ts";

/** Stands for a value that cannot be shown or is not known: it differs from every wanted one, so that an `up` writes it. */
export const setByHand = "(set by hand)";

/** What is live of the resource's own variables. Those of others are not its business and are left out. */
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
  environment: Environment,
  state: PagesVariablesState,
  live: LiveVariables,
): Record<string, Variable> {
  const names = new Set([...Object.keys(state[environment] ?? {}), ...state.owned[environment]]);
  const found = [...names].flatMap((name): [string, Variable][] => {
    const there = live[environment][name];
    if (!there) return [];
    const confirmed = !state.unconfirmed[environment].includes(name);
    return [[name, reflectVariable(confirmed ? state[environment]?.[name] : undefined, there)]];
  });
  return Object.fromEntries(found);
}

/** What was a secret, or was not known, is not shown: somebody may have put a secret of his own there. */
function reflectVariable(known: Variable | undefined, { type, value }: LiveVariable): Variable {
  if (type === "secret_text") return { type, value: known?.type === type ? known.value : setByHand };
  return { type: "plain_text", value: known?.type === "plain_text" ? value : setByHand };
}
