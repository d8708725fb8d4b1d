import {
  type LiveVariable,
  type LiveVariables,
  type PagesEnvironment,
  pagesEnvironments,
  type VariableChange,
  type VariableChanges,
} from "../api.ts";
import type { PagesVariablesInputs, PagesVariablesOutputs, PagesVariablesState, Variable } from "./inputs.ts";

/** What this resource stored about its writes. Empty before it is created. */
export type RecordedVariables = Pick<PagesVariablesInputs, "preview"> &
  Partial<Pick<PagesVariablesInputs, "production">> &
  PagesVariablesOutputs;

export const nothingRecorded: RecordedVariables = {
  owned: { production: [], preview: [] },
  unconfirmed: { production: [], preview: [] },
};

/** The minimal changes from the live variables to the wanted ones. Environments without a change are left out. */
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

/**
 * A secret's value cannot be read back: it counts as correct when the variable exists and the last written value is the
 * wanted one.
 */
function isAsWanted(wanted: Variable, known: Variable | undefined, live: LiveVariable | undefined): boolean {
  if (live?.type !== wanted.type) return false;
  if (wanted.type === "plain_text") return live.value === wanted.value;
  return known?.type === "secret_text" && known.value === wanted.value;
}

/**
 * Names whose live variable is as wanted. A secret's value cannot be read: it counts as written when the rest of the
 * same PATCH was applied, because Cloudflare applies a PATCH as a whole.
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

/** Names to remove: all existing ones that the resource owns. */
export function planRemoval(state: PagesVariablesState, live: LiveVariables): VariableChanges {
  return planChanges({ ...state, production: {}, preview: {} }, state, live);
}

/** Names by environment, as outputs list them. */
export const namesOf = (sets: { [In in PagesEnvironment]?: Readonly<Record<string, unknown>> | undefined }) => ({
  production: Object.keys(sets.production ?? {}).sort(),
  preview: Object.keys(sets.preview ?? {}).sort(),
});
