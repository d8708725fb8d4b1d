import { environment, type VariableName } from "../../catalog/environment.ts";
import { valueOrigins } from "../../catalog/value-origins.ts";
import type { Variable } from "../../catalog/variable.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import { touches } from "../plan/path.ts";
import type { Change, Resource } from "../plan/plan.ts";
import { type VariableSet, variableSets } from "./variable-sets.ts";

/** The change of one variable. Never holds its value. */
export interface VariableChange {
  readonly name: string;
  readonly change: "new" | "removed" | "changed" | "becomes public" | "becomes secret";
  /** What its value is, from the credential map; undefined for a variable that is not in the map. */
  readonly source: string | undefined;
  /** How the app uses it, and what happens without it. */
  readonly meaning: string | undefined;
}

/** The changes of an app's variables in one place. */
export interface VariableSetChange {
  readonly urn: string;
  readonly app: string;
  readonly vendor: VariableSet["vendor"];
  readonly place: string;
  readonly stage: VariableSet["stage"];
  readonly variables: readonly VariableChange[];
}

/** The variables that a plan changes, by app and place. */
export const variableChanges = (changes: readonly Change[]): VariableSetChange[] =>
  changes.flatMap((change) => {
    const before = setsOf(change.kind === "created" ? undefined : change.before);
    const after = setsOf(change.kind === "deleted" ? undefined : change.after);
    const paths = change.kind === "changed" || change.kind === "replaced" ? change.paths : [];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((stage) => {
      const [old, now] = [before.get(stage), after.get(stage)];
      const set = now ?? old;
      const variables = changesIn(old, now, paths);
      if (!set || variables.length === 0) return [];
      const { app, vendor, place } = set;
      return [{ urn: change.urn, app, vendor, place, stage, variables }];
    });
  });

const setsOf = (resource: Resource | undefined): Map<VariableSet["stage"], VariableSet> =>
  new Map((resource ? variableSets(resource) : []).map((set) => [set.stage, set]));

function changesIn(
  old: VariableSet | undefined,
  now: VariableSet | undefined,
  paths: readonly string[],
): VariableChange[] {
  const names = new Set([...Object.keys(old?.variables ?? {}), ...Object.keys(now?.variables ?? {})]);
  return [...names].flatMap((name) => {
    const change = changeOf(name, old, now, paths);
    return change ? [{ name, change, ...knownOf(name) }] : [];
  });
}

function changeOf(
  name: string,
  old: VariableSet | undefined,
  now: VariableSet | undefined,
  paths: readonly string[],
): VariableChange["change"] | undefined {
  const [before, after] = [old?.variables[name], now?.variables[name]];
  if (!before) return "new";
  if (!after) return "removed";
  const isKnown = ![before, after].some(({ visibility }) => visibility === "unknown");
  if (isKnown && before.visibility !== after.visibility)
    return after.visibility === "secret" ? "becomes secret" : "becomes public";
  // Pulumi masks secrets, so two of them look equal; only the diff's path shows that they differ.
  const differs =
    !sameJson(before.value, after.value) || paths.some((path) => touches(path, [...(now?.path ?? []), name]));
  return differs ? "changed" : undefined;
}

/** The credential map's entry for a variable. */
export function knownOf(name: string): Pick<VariableChange, "source" | "meaning"> {
  if (!Object.hasOwn(environment, name)) return { source: undefined, meaning: undefined };
  const { valueFrom, meaning }: Variable = environment[name as VariableName];
  const from = valueOrigins[valueFrom];
  return { source: from.kind === "configuration" ? `configuration ${from.key}` : from.of, meaning };
}
