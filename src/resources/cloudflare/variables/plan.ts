import {
  type LiveVariable,
  type LiveVariables,
  type PagesEnvironment,
  pagesEnvironments,
  type VariableChange,
  type VariableChanges,
} from "../api.ts";
import type { PagesVariablesInputs, PagesVariablesOutputs, PagesVariablesState, Variable } from "./inputs.ts";

/** What this resource knows of what it wrote. Nothing before it is made. */
export type RecordedVariables = Pick<PagesVariablesInputs, "preview"> &
  Partial<Pick<PagesVariablesInputs, "production">> &
  PagesVariablesOutputs;

export const nothingRecorded: RecordedVariables = {
  owned: { production: [], preview: [] },
  unconfirmed: { production: [], preview: [] },
};

/** The changes that make what is live what is wanted, and no others. An environment without a change is not named. */
export function planChanges(
  wanted: PagesVariablesInputs,
  known: RecordedVariables,
  live: LiveVariables,
): VariableChanges {
  const changes: VariableChanges = {};
  for (const environment of pagesEnvironments) {
    const found = changesIn(environment, wanted[environment] ?? {}, known, live[environment]);
    if (Object.keys(found).length > 0) changes[environment] = found;
  }
  return changes;
}

function changesIn(
  environment: PagesEnvironment,
  wanted: Record<string, Variable>,
  known: RecordedVariables,
  live: Record<string, LiveVariable>,
): Record<string, VariableChange> {
  const unconfirmed = known.unconfirmed[environment];
  const changes: Record<string, VariableChange> = {};
  for (const [name, variable] of Object.entries(wanted)) {
    const before = unconfirmed.includes(name) ? undefined : known[environment]?.[name];
    if (!isAsWanted(variable, before, live[name])) changes[name] = variable;
  }
  for (const name of known.owned[environment]) {
    if (!(name in wanted) && name in live) changes[name] = null;
  }
  return changes;
}

/** A secret's value cannot be read back: it is as wanted when it is there and what was written last is what is wanted. */
function isAsWanted(wanted: Variable, known: Variable | undefined, live: LiveVariable | undefined): boolean {
  if (live?.type !== wanted.type) return false;
  if (wanted.type === "plain_text") return live.value === wanted.value;
  return known?.type === "secret_text" && known.value === wanted.value;
}

/**
 * Names that are there as they are wanted. Whether a secret is cannot be seen: it is taken to be when everything else of
 * the same PATCH was done, since Cloudflare does all of one or nothing.
 */
export function alreadyThere(wanted: PagesVariablesInputs, known: RecordedVariables, live: LiveVariables) {
  const all = pagesEnvironments.flatMap((environment) =>
    Object.entries(wanted[environment] ?? {}).map(([name, variable]) => {
      const found = live[environment][name];
      const isThere = found?.type === variable.type;
      const isNew = !known.owned[environment].includes(name);
      const isSeen = variable.type === "plain_text";
      return { environment, name, isNew, isSeen, isSame: isThere && (!isSeen || found.value === variable.value) };
    }),
  );
  const wasDone = all.every(({ isSame }) => isSame) && all.some(({ isNew, isSeen }) => isNew && isSeen);
  const namesIn = (environment: PagesEnvironment) =>
    new Set(
      all.flatMap((one) => (one.environment === environment && one.isSame && (one.isSeen || wasDone) ? one.name : [])),
    );
  return { production: namesIn("production"), preview: namesIn("preview") };
}

/** Names of what is removed: everything of its own that is there. */
export function planRemoval(state: PagesVariablesState, live: LiveVariables): VariableChanges {
  return planChanges({ ...state, production: {}, preview: {} }, state, live);
}

/** Names by environment, as outputs list them. */
export const namesOf = (sets: { [In in PagesEnvironment]?: Readonly<Record<string, unknown>> | undefined }) => ({
  production: Object.keys(sets.production ?? {}).sort(),
  preview: Object.keys(sets.preview ?? {}).sort(),
});
