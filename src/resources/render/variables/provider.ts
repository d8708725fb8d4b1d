import type { IsHeldByAnother } from "../../kernel/holdings.ts";
import { refuseForeign } from "../../kernel/ownership.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import { noService } from "../explain.ts";
import { configure, connect } from "../settings.ts";
import { claimOf } from "./claim.ts";
import {
  type ServiceVariablesInputs,
  type ServiceVariablesOutputs,
  type ServiceVariablesState,
  serviceVariablesInputs,
  type Variable,
} from "./inputs.ts";
import { type RecordedVariables, syncVariables } from "./sync.ts";

/** Some variables of a Render service. Its id is the service's id. */
export const serviceVariables = dynamicProvider<ServiceVariablesInputs, ServiceVariablesOutputs>({
  inputs: serviceVariablesInputs,
  identity: ["serviceId"],
  secrets: ["variables"],
  configure,

  async create(news) {
    return { id: news.serviceId, outputs: await write(news, knowsNothing) };
  },

  async read(_id, state) {
    const live = await connect().variables(state.serviceId);
    return live && reflectVariables(state, live);
  },

  update(_id, olds, news, isHeldByAnother) {
    const owned = [...ownedAlone(olds, isHeldByAnother), ...olds.owned.filter((name) => name in news.variables)];
    return write(news, { ...olds, owned: [...new Set(owned)] });
  },

  holds: (_id, { serviceId, variables }) => Object.keys(variables).map((name) => variableThing(serviceId, name)),

  /** Does not deploy: a service keeps its present variables until its next deploy. */
  async delete(_id, state, isHeldByAnother) {
    const { serviceId } = state;
    const owned = ownedAlone(state, isHeldByAnother);
    if (owned.length === 0) return;
    const api = connect();
    const live = await api.variables(serviceId);
    for (const name of owned) {
      if (live?.has(name)) await api.removeVariable(serviceId, name);
    }
  },
});

const variableThing = (serviceId: string, name: string): string => `${serviceId}/${name}`;

/** Names that no other resource of the stack writes: those may be removed. */
const ownedAlone = (
  { serviceId, owned }: Pick<ServiceVariablesState, "serviceId" | "owned">,
  isHeldByAnother: IsHeldByAnother,
): string[] => owned.filter((name) => !isHeldByAnother(variableThing(serviceId, name)));

const knowsNothing: RecordedVariables = { owned: [], deployPending: false };

async function write(news: ServiceVariablesInputs, known: RecordedVariables): Promise<ServiceVariablesOutputs> {
  const { serviceId } = news;
  const api = connect();
  const live = await api.variables(serviceId);
  if (!live) throw new Error(noService(serviceId));
  refuseForeign([claimOf(news, known.owned, live)]);
  return syncVariables({ api, news, known, live });
}

/** Masks a secret that differs from the written one: somebody else's value must not get into the state. */
const setByHand = "(set by hand)";

/** The live state of the resource's own variables. Other variables are left out. */
function reflectVariables(
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
