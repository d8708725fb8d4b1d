import { Incomplete, isUnanswered } from "../../kernel/errors.ts";
import type { IsHeldByAnother } from "../../kernel/holdings.ts";
import { refuseForeign } from "../../kernel/ownership.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import { type PagesEnvironment, pagesEnvironments, type VariableChanges } from "../api.ts";
import { noProject } from "../explain.ts";
import { configure, connect } from "../settings.ts";
import { claimsOf } from "./claims.ts";
import { type PagesVariablesInputs, type PagesVariablesOutputs, pagesVariablesInputs } from "./inputs.ts";
import { namesOf, nothingRecorded, planChanges, planRemoval, type RecordedVariables } from "./plan.ts";
import { reflectVariables } from "./reflect.ts";

/** Some variables of an existing Pages project. Its id is the project's path, `<account>/<project>`. */
export const pagesVariables = dynamicProvider<PagesVariablesInputs, PagesVariablesOutputs>({
  inputs: pagesVariablesInputs,
  identity: ["accountId", "projectName"],
  secrets: ["production", "preview"],
  configure,

  async create(news) {
    const id = `${news.accountId}/${news.projectName}`;
    return { id, outputs: await write(id, news, nothingRecorded) };
  },

  async read(_id, state) {
    const live = await connect(state.accountId).variables(state.projectName);
    return live && reflectVariables(state, live);
  },

  update: (id, olds, news, isHeldByAnother) =>
    write(id, news, { ...olds, owned: ownedAlone(id, olds, isHeldByAnother, news) }),

  holds: (id, { production, preview }) =>
    pagesEnvironments.flatMap((environment) =>
      namesOf({ production, preview })[environment].map((name) => variableThing(id, environment, name)),
    ),

  async delete(id, state, isHeldByAnother) {
    const api = connect(state.accountId);
    const live = await api.variables(state.projectName);
    const owned = ownedAlone(id, state, isHeldByAnother);
    const changes = live ? planRemoval({ ...state, owned }, live) : {};
    if (Object.keys(changes).length > 0) await api.changeVariables(state.projectName, changes);
  },
});

const variableThing = (id: string, environment: PagesEnvironment, name: string): string =>
  `${id}/${environment}/${name}`;

/** Names that this resource still writes, and those that no other resource of the stack writes: they may be removed. */
function ownedAlone(
  id: string,
  { owned }: Pick<PagesVariablesOutputs, "owned">,
  isHeldByAnother: IsHeldByAnother,
  wanted: Partial<Pick<PagesVariablesInputs, PagesEnvironment>> = {},
): PagesVariablesOutputs["owned"] {
  const alone = (environment: PagesEnvironment) =>
    owned[environment].filter(
      (name) => name in (wanted[environment] ?? {}) || !isHeldByAnother(variableThing(id, environment, name)),
    );
  return { production: alone("production"), preview: alone("preview") };
}

async function write(id: string, news: PagesVariablesInputs, known: RecordedVariables): Promise<PagesVariablesOutputs> {
  const api = connect(news.accountId);
  const live = await api.variables(news.projectName);
  if (!live) throw new Error(noProject(news.projectName, news.accountId));
  refuseForeign(claimsOf(news, known, live));
  const changes = planChanges(news, known, live);
  try {
    if (Object.keys(changes).length > 0) await api.changeVariables(news.projectName, changes);
  } catch (error) {
    // Cloudflare applies a PATCH as a whole; without an answer it is unknown whether it did.
    if (!isUnanswered(error)) throw error;
    const message = `${(error as Error).message}. Whether the variables were written is not known: the next \`pulumi up\` writes them again.`;
    throw new Incomplete(id, afterNoAnswer(known, changes), message);
  }
  return { owned: namesOf(news), unconfirmed: { production: [], preview: [] } };
}

function afterNoAnswer(known: RecordedVariables, changes: VariableChanges): PagesVariablesOutputs {
  const unconfirmed = namesOf(changes);
  const all = (environment: "production" | "preview") => [
    ...new Set([...known.owned[environment], ...unconfirmed[environment]]),
  ];
  return { owned: { production: all("production"), preview: all("preview") }, unconfirmed };
}
