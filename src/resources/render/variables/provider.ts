import { refuseForeign } from "../../kernel/ownership.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import { noService } from "../explain.ts";
import { configure, connect } from "../settings.ts";
import { type ServiceVariablesInputs, type ServiceVariablesOutputs, serviceVariablesInputs } from "./inputs.ts";
import { reflectVariables } from "./reflect.ts";
import { type Known, syncVariables } from "./sync.ts";

/** Some variables of a Render service. Its id is the service's. */
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

  update: (_id, olds, news) => write(news, olds),

  /** Does not deploy: a service goes on with what it was started with until its next deploy. */
  async delete(_id, { serviceId, owned }) {
    const api = connect();
    const live = await api.variables(serviceId);
    for (const name of owned) {
      if (live?.has(name)) await api.removeVariable(serviceId, name);
    }
  },
});

const knowsNothing: Known = { owned: [], deployPending: false };

async function write(news: ServiceVariablesInputs, known: Known): Promise<ServiceVariablesOutputs> {
  const { serviceId, variables, adopt } = news;
  const api = connect();
  const live = await api.variables(serviceId);
  if (!live) throw new Error(noService(serviceId));
  const wanted = Object.keys(variables);
  const same = new Set(wanted.filter((name) => live.get(name) === variables[name]?.value));
  const claim = { wanted, live: new Set(live.keys()), owned: known.owned, adopt, same };
  refuseForeign([{ place: `Render service ${serviceId}`, ...claim }]);
  return syncVariables({ api, news, known, live });
}
