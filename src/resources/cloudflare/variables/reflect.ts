import type { LiveVariable, LiveVariables, PagesEnvironment } from "../api.ts";
import type { PagesVariablesInputs, PagesVariablesOutputs, PagesVariablesState, Variable } from "./inputs.ts";

/** Stands for a value that cannot be read, or must not be shown. It is not a wanted one, so that the next `up` writes it. */
const notKnown = "(not known)";

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

/** What is plain text now and was not before is not shown: somebody may have put a secret of his own there. */
function reflectVariable(known: Variable | undefined, { type, value }: LiveVariable, isConfirmed: boolean): Variable {
  if (type !== "secret_text") return { type: "plain_text", value: known?.type === "plain_text" ? value : notKnown };
  return { type, value: known?.type === type && isConfirmed ? known.value : notKnown };
}
