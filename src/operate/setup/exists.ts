import { environment, type VariableName, variableNamesOf } from "../../catalog/environment.ts";
import { isOptionalOrigin, type ValueOrigin, valueOrigins } from "../../catalog/value-origins.ts";
import { type App, appNames } from "../../catalog/variable.ts";
import { parseDsn } from "../../model/sentry/dsn.ts";
import { SentryApi } from "../../resources/sentry/api.ts";
import { type Access, requireKey } from "../access/access.ts";
import { liveVariables, valueAt, whyNotKnown } from "../access/apps.ts";
import { expectedValue } from "../access/expected.ts";
import { lookAtSentry } from "../import/sentry.ts";
import { standingWords } from "../import/take-over-page.ts";
import type { Resource } from "../plan/plan.ts";
import type { Stack } from "../stack/stack.ts";
import type { Decisions } from "./questions.ts";

/** Answers that are not values: they decide which value the setting gets. */
export type Special = ReadonlyMap<string, string>;

interface Task {
  readonly stack: Stack;
  readonly access: Access;
  readonly state: readonly Resource[];
  readonly special: Special;
}

/** Takes over the existing team, projects and keys at Sentry. @returns a description of what was found */
export async function takeOverSentry(decisions: Decisions, { stack, access, state, special }: Task): Promise<string[]> {
  const { found, settings } = await lookAtSentry({}, { stack, access, state });
  for (const setting of settings) decisions.draft.set(setting);
  const { baseUrl: root, organization, projects } = access.sentry;
  const api = new SentryApi({ root, organization, token: requireKey(access, "sentry") });
  for (const app of appNames) {
    const path = `sentryExisting.${app}Key`;
    const isUndecided = found.some(
      ({ what, standing }) => standing === "undecided" && what.endsWith(` ${projects[app]}`),
    );
    if (!isUndecided || special.get(path) === "new") continue;
    const keys = (await api.keys(projects[app])).filter(({ isActive }) => isActive !== false);
    await decisions.decide({
      ...{ path, ask: `Which key of ${projects[app]} does the ${app} app continue to use? (${path}=new: a new one)` },
      ...{ choices: keys.map(({ id, name }) => ({ value: id, what: name })), isOpen: false },
    });
  }
  return found.map(({ what, standing }) => `${what} ${standingWords[standing]}`);
}

const places = {
  browser: { group: "pages", type: /:cloudflare:|cloudflare:index/ },
  server: { group: "render", type: /render:ServiceVariables/ },
} as const;

/**
 * Finds variables that people have set to other values than this stack writes, and asks whether it may overwrite them.
 * For a stack that is already deployed, a preview reports them.
 */
export async function askForVariables(decisions: Decisions, { access, state, special }: Task): Promise<void> {
  const live = await liveVariables(access);
  for (const app of appNames) {
    const { group, type } = places[app];
    if (state.some((one) => type.test(one.type)) || whyNotKnown(live[app])) continue;
    const path = `${group}.adopt`;
    const allowed = decisions.draft.list(path);
    const foreign = variableNamesOf(app).filter((name) => {
      if (!writes(name, decisions)) return false;
      if (allowed.includes(name) || live[app].variables.kind !== "value" || !live[app].variables.value.has(name))
        return false;
      return !isOwn(name, valueAt(live[app], name), app, decisions, access);
    });
    if (foreign.length === 0) continue;
    const may = special.get(path) ?? (await decisions.settle(questionOf(path, live[app].place, foreign)));
    if (may === "all")
      foreign.forEach((value, i) => void decisions.draft.set({ path: `${path}[${allowed.length + i}]`, value }));
  }
}

const questionOf = (path: string, place: string, foreign: readonly string[]) => ({
  path,
  ask: `${foreign.join(", ")} ${foreign.length === 1 ? "is" : "are"} already set on the ${place}, and not by this stack. May it write over ${foreign.length === 1 ? "this variable" : "these variables"}?`,
  choices: [{ value: "all", what: "yes, write over" }],
  isOpen: false,
});

/** Whether this stack would write it: one that it may do without only if its setting is there. */
function writes(name: VariableName, { draft }: Decisions): boolean {
  const { valueFrom } = environment[name];
  const origin: ValueOrigin = valueOrigins[valueFrom];
  return !isOptionalOrigin(valueFrom) || (origin.kind === "configuration" && draft.sources.hasSecret(origin.key));
}

/** Whether it already has this stack's value, as far as that is known. */
function isOwn(name: VariableName, value: string | undefined, app: App, { draft }: Decisions, access: Access): boolean {
  if (value === undefined) return false;
  if (value === expectedValue(name, access, { browser: undefined, server: undefined })) return true;
  return parseDsn(value)?.publicKey === (draft.value(`sentryExisting.${app}Key`) ?? "");
}
