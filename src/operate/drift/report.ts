import { type Owner, owners } from "../../catalog/owners.ts";
import { variablePlaces } from "../../model/vendors/index.ts";
import { type AlertChange, alertChanges } from "../changes/alerts.ts";
import { type DashboardChange, dashboardChanges } from "../changes/dashboards.ts";
import { type FlagChange, flagChanges } from "../changes/flags/flags.ts";
import { kindOf } from "../changes/kinds.ts";
import { otherChanges } from "../changes/others.ts";
import { brokenPromises, projectSettingsType, settingsWords } from "../changes/project-settings.ts";
import { type VariableSetChange, variableChanges } from "../changes/variables.ts";
import { type Becomes, becomes, type Change, emptyPlan, nameOf, type Plan, typeOf } from "../plan/plan.ts";
import { checkPolicy, type PolicyResult } from "../policy/check.ts";
import { join, type Phrase, say } from "../text/phrase.ts";
import { healCommand, type Keep, keepAlert, keepDashboard, keepOther, keepVariables } from "./actions.ts";
import { definedIn } from "./defined-in.ts";
import { gonePlace, isGoneWhole } from "./gone.ts";
import type { Undeployed } from "./undeployed.ts";
import { dashboardWords, isWholeGone, remarksOn, twoHeals, variableWords } from "./words.ts";

/** One resource that somebody changed by hand. */
export interface Drifted {
  readonly urn: string;
  /** "dashboard", "alert", … */
  readonly kind: string;
  readonly name: string;
  /** Its address at the vendor. */
  readonly url?: string;
  readonly change: Becomes;
  /** It is a promise (src/catalog/project-settings.ts) that no longer holds: it comes before everything else. */
  readonly isPromise?: true;
  readonly words: readonly Phrase[];
  /** Command that restores what the code says. */
  readonly heal: string;
  /** Resources that it depends on and that have to be healed first: "dashboard Activation funnel". */
  readonly healFirst: readonly string[];
  /** How to keep the change. */
  readonly keep: Keep;
}

/**
 * A difference between the code and the state: a refresh or a partial `up` has taken a change by hand into the state, or
 * the code has not been deployed yet.
 */
export interface Waiting extends Omit<Drifted, "keep"> {
  readonly owner: Owner;
  /** "creating": the operation during which an `up` was killed. */
  readonly interrupted?: string;
  /** Files changed since the last `up` that define it, or a changed resource that it depends on. */
  readonly mayFollowFrom: readonly string[];
}

/** Changes by hand, by owner. */
export interface DriftReport {
  readonly stack: string;
  /** nothing deployed: there is nothing to compare. */
  readonly outcome: "none" | "drift" | "nothing deployed" | "failed";
  readonly owners: readonly { readonly owner: Owner; readonly drifted: readonly Drifted[] }[];
  /** What an `up` would change although nobody changed it by hand since the last one. */
  readonly waiting: readonly Waiting[];
  /** How the code differs from the last deployment; absent when it does not, or when that is not known. */
  readonly undeployed?: Undeployed;
  /** Command that restores everything. */
  readonly heal: string;
  readonly policy: PolicyResult;
  readonly errors: readonly string[];
}

/** The two comparisons: there is no drift only if both are empty. */
export interface Compared {
  /** What a refresh saw: `before` as it was written, `after` as it is live. */
  readonly live: Plan;
  /** What an `up` would do without a refresh. Absent: not requested. */
  readonly program?: Plan;
  /** Unfinished operations of a killed `up`, by URN. */
  readonly interrupted?: ReadonlyMap<string, string>;
  /** How the code differs from the last deployment. */
  readonly undeployed?: Undeployed | undefined;
}

export function driftReport(
  stack: string,
  { live, program = emptyPlan, interrupted = new Map<string, string>(), undeployed }: Compared,
): DriftReport {
  const byHand = [...driftIn(stack, withoutGonePlaces(stack, live), brokenPromises), ...goneIn(stack, live)];
  const changed = new Set(byHand.map(({ urn }) => urn));
  const left = driftIn(stack, program, settingsWords).filter(({ urn }) => !changed.has(urn));
  const all = [...byHand, ...left];
  // A step without a description: an earlier `up` could not finish it.
  const unfinished = program.changes.filter(({ urn }) => all.every((one) => one.urn !== urn));
  const unknown = [...interrupted].filter(
    ([urn, doing]) =>
      [...all, ...unfinished].every((one) => one.urn !== urn) && !isDoneSince(urn, doing, [live, program]),
  );
  const dependencies = new Map([...program.dependencies, ...live.dependencies]);
  const ordered = <T extends Owned>(one: T): T => ({ ...one, healFirst: before(one.urn, all, dependencies) });
  const byOwner = Object.groupBy(byHand.map(ordered), ({ owner }) => owner);
  const answering = (Object.keys(owners) as Owner[]).flatMap((owner) => {
    const drifted = promisesFirst((byOwner[owner] ?? []).map(({ owner: _owner, ...rest }) => rest));
    return drifted.length === 0 ? [] : [{ owner, isPromise: drifted[0]?.isPromise, drifted }];
  });
  const found = [
    ...left.map(ordered).map(({ keep: _, ...one }) => withInterruption(one, interrupted)),
    ...unfinished.map(({ urn }) => withInterruption(unfinishedWork(stack, urn), interrupted)),
    ...unknown.map(([urn, doing]) => interruptedWork(stack, urn, doing)),
  ];
  const changing = new Set(program.changes.map(({ urn }) => urn));
  const waiting = found.map((one): Waiting => {
    const urns = [one.urn, ...[...needs(one.urn, dependencies)].filter((urn) => changing.has(urn))];
    const files = urns.flatMap((urn) => definedIn(urn, undeployed?.files ?? []));
    return { ...one, mayFollowFrom: [...new Set(files)] };
  });
  // The engine asks vendors side by side: in a fixed order two reports of the same can be compared.
  const errors = [...new Set([...live.errors, ...program.errors])].sort();
  return {
    stack,
    outcome: errors.length > 0 ? "failed" : byHand.length + waiting.length > 0 ? "drift" : "none",
    owners: promisesFirst(answering).map(({ owner, drifted }) => ({ owner, drifted })),
    waiting: promisesFirst(waiting),
    ...(undeployed && waiting.length > 0 && { undeployed }),
    heal: healCommand(stack),
    policy: checkPolicy(live),
    errors,
  };
}

const promisesFirst = <T extends { isPromise?: true | undefined }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => Number(b.isPromise ?? false) - Number(a.isPromise ?? false));

/**
 * Whether every difference may be a merged change that is not deployed yet, so that it may or may not be drift. Each needs a
 * recently merged file that defines it. Files alone would hide drift for good after a merge that changed no resource; time
 * alone would hide what has nothing to do with the merge.
 */
export const mayOnlyWait = ({ outcome, owners: answering, waiting, undeployed }: DriftReport): boolean =>
  outcome === "drift" &&
  answering.length === 0 &&
  waiting.every(
    ({ interrupted, mayFollowFrom }) =>
      interrupted === undefined && mayFollowFrom.some((file) => undeployed?.recent.includes(file)),
  );

/** For a stack that was never deployed, or was destroyed. */
export const nothingDeployed = (stack: string): DriftReport => ({
  ...driftReport(stack, { live: emptyPlan }),
  outcome: "nothing deployed",
  heal: `pulumi up --stack ${stack}`,
});

/** Names for the `heal` command: the resource and its dependencies, dependencies first. */
function before(urn: string, all: readonly Owned[], dependencies: Plan["dependencies"]): string[] {
  return [...needs(urn, dependencies)].flatMap((needed) =>
    all.filter((one) => one.urn === needed).map(({ kind, name }) => `${kind} ${name}`),
  );
}

/** All dependencies of a resource, deepest first. */
function needs(urn: string, dependencies: Plan["dependencies"], found = new Set<string>()): Set<string> {
  for (const needed of dependencies.get(urn) ?? []) {
    if (found.has(needed)) continue;
    needs(needed, dependencies, found);
    found.add(needed);
  }
  return found;
}

const withInterruption = (one: Found, interrupted: ReadonlyMap<string, string>): Found => {
  const doing = interrupted.get(one.urn);
  return doing === undefined ? one : { ...one, interrupted: doing };
};

/** Pulumi's state still lists an interrupted creation after a later `up` has made the resource. */
const isDoneSince = (urn: string, doing: string, plans: readonly Plan[]): boolean =>
  doing === "creating" && plans.some(({ resources }) => resources.some((one) => one.urn === urn));

/**
 * State and program agree on this resource, but an `up` was killed while working on it. If the program no longer has it, an
 * interrupted creation may have left something behind at the vendor.
 */
const interruptedWork = (stack: string, urn: string, doing: string): Found =>
  doing === "creating"
    ? {
        ...{ ...unfinishedWork(stack, urn), change: "removed", interrupted: doing },
        heal: `pulumi refresh --clear-pending-creates --run-program --stack ${stack}`,
      }
    : { ...unfinishedWork(stack, urn), interrupted: doing };

const unfinishedWork = (stack: string, urn: string): Found => ({
  ...{ urn, kind: kindOf(typeOf(urn)).title, name: nameOf(urn), owner: "platform" },
  ...{ change: "changed", words: [], heal: healCommand(stack, urn), healFirst: [] },
});

type Owned = Drifted & { owner: Owner };
type Found = Omit<Waiting, "mayFollowFrom">;

/** What a refresh saw, without what is told of by the place that is gone. */
const withoutGonePlaces = (stack: string, live: Plan): Plan => ({
  ...live,
  changes: live.changes.filter((change) => gonePlace(stack, change) === undefined),
});

const goneIn = (stack: string, { changes }: Plan): Owned[] =>
  changes.flatMap((change) => {
    const place = gonePlace(stack, change);
    if (place === undefined) return [];
    const { urn, name } = change;
    return [{ ...place, urn, name, change: "removed" as const, owner: "platform" as const, healFirst: [] }];
  });

/** @param promiseWords words for a changed setting of PostHog's project, which a plan and a refresh see from two sides */
function driftIn(stack: string, { changes: all }: Plan, promiseWords: typeof settingsWords): Owned[] {
  const [promises, changes] = [
    all.filter(({ type }) => type === projectSettingsType),
    all.filter(({ type }) => type !== projectSettingsType),
  ];
  const variables = Map.groupBy(variableChanges(changes.filter((change) => !isGoneWhole(change))), ({ urn }) => urn);
  return [
    ...promises.map((change) => promiseDrift(stack, change, promiseWords(change))),
    ...dashboardChanges(changes).map((change) => dashboardDrift(stack, change)),
    ...alertChanges(changes).map((change) => alertDrift(stack, change)),
    ...[...variables.values()].map((sets) => variablesDrift(stack, sets)),
    ...flagChanges(changes).map((change) => flagDrift(stack, change)),
    ...otherChanges(changes).map(({ urn, kind, name, change, words }) => ({
      ...{ urn, kind, name, change, owner: "platform" as const, healFirst: [] },
      words: [...words, ...remarksOn(urn, change, words)],
      heal: healCommand(stack, urn),
      keep: keepOther(urn, change),
    })),
  ];
}

function promiseDrift(stack: string, change: Change, words: readonly Phrase[]): Owned {
  const { urn, type, name } = change;
  return {
    ...{ urn, kind: kindOf(type).title, name, change: becomes[change.kind], isPromise: true, owner: "platform" },
    words,
    heal: healCommand(stack, urn),
    healFirst: [],
    keep: keepOther(urn, becomes[change.kind]),
  };
}

function dashboardDrift(stack: string, change: DashboardChange): Owned {
  const { urn, title, url, owner } = change;
  return {
    ...{ urn, kind: "dashboard", name: title, change: change.change, owner: answering(owner) },
    ...(url !== undefined && { url }),
    words: dashboardWords(change),
    heal: healCommand(stack, urn),
    healFirst: [],
    keep: keepDashboard(stack, change),
  };
}

function alertDrift(stack: string, { urn, kind, vendor, name, owner, change, words }: AlertChange): Owned {
  return {
    ...{ urn, kind: `${kind} at ${vendor}`, name, change, owner: answering(owner) },
    words: isWholeGone(change) ? [] : words,
    heal: healCommand(stack, urn),
    healFirst: [],
    keep: keepAlert(vendor, change),
  };
}

function flagDrift(stack: string, { urn, flag, owner, change, words }: FlagChange): Owned {
  return {
    ...{ urn, kind: kindOf(typeOf(urn)).title, name: flag, change, owner: answering(owner), healFirst: [] },
    words: isWholeGone(change) ? [] : words,
    heal: healCommand(stack, urn),
    keep: keepOther(urn, change),
  };
}

function variablesDrift(stack: string, sets: readonly VariableSetChange[]): Owned {
  const [{ urn, app, vendor } = { urn: "", app: "", vendor: variablePlaces.render.place }] = sets;
  const all = sets.flatMap(({ stage, variables }) => variables.map((variable) => ({ stage, ...variable })));
  const words = all.map(({ stage, ...variable }) =>
    stage === "preview" ? say`${variableWords(variable)} (preview deployments)` : variableWords(variable),
  );
  const needsTwo = /:PagesProject::/.test(urn) && all.some(({ change }) => change === "becomes secret");
  return {
    ...{ urn, kind: `variables on ${vendor}`, name: app, change: "changed", owner: "platform" },
    words: [...(words.length > 3 ? words : [join(words, "; ")]), ...(needsTwo ? [twoHeals] : [])],
    heal: healCommand(stack, urn),
    healFirst: [],
    keep: keepVariables(all.map(({ source }) => source)),
  };
}

/** Sentry's owners are numbers, and a live dashboard's owner may be any text: then the platform team is responsible. */
const answering = (owner: string | undefined): Owner =>
  owner !== undefined && Object.hasOwn(owners, owner) ? (owner as Owner) : "platform";
