import { touches } from "../plan/path.ts";
import { type Becomes, becomes, type Change } from "../plan/plan.ts";
import type { Phrase } from "../text/phrase.ts";
import { isAlertType } from "./alerts.ts";
import { dashboardType } from "./dashboards.ts";
import { eventSchemasType, schemaWords } from "./event-schemas.ts";
import { featureFlagType } from "./flags/view.ts";
import { kindOf } from "./kinds.ts";
import { projectSettingsType, settingsWords } from "./project-settings.ts";
import { propertyWords } from "./properties.ts";
import { subscriptionType, subscriptionWords } from "./subscriptions.ts";
import { variableSets } from "./variable-sets.ts";

/** The change of a resource that has no description of its own: projects, keys, teams, Redis, … */
export interface OtherChange {
  readonly urn: string;
  readonly kind: string;
  readonly name: string;
  readonly change: Becomes;
  /** True when it leaves the stack but stays at the vendor. */
  readonly stays: boolean;
  /** The properties that differ; values are shown only when they cannot be a secret. */
  readonly words: readonly Phrase[];
}

export const otherChanges = (changes: readonly Change[]): OtherChange[] =>
  changes.flatMap((change) => {
    if (change.type === dashboardType || change.type === featureFlagType || isAlertType(change.type)) return [];
    const paths = change.kind === "changed" || change.kind === "replaced" ? ownPaths(change) : [];
    const holdsVariables = variableSets(change.kind === "deleted" ? change.before : change.after).length > 0;
    // The variables of a set are reported one by one elsewhere; its other properties are reported here.
    if (holdsVariables && paths.length === 0 && change.kind !== "replaced" && isOnlyVariables(change.type)) return [];
    if (holdsVariables && paths.length === 0 && change.kind === "changed") return [];
    return [
      {
        urn: change.urn,
        kind: kindOf(change.type).title,
        name: change.name,
        change: becomes[change.kind],
        stays: change.kind === "deleted" && change.before.retainOnDelete,
        words: wordsOf[change.type]?.(change) ?? (paths.length === 0 ? [] : propertyWords(change, paths)),
      },
    ];
  });

/** Kinds that have words of their own. */
const wordsOf: Readonly<Record<string, (change: Change) => readonly Phrase[]>> = {
  [eventSchemasType]: schemaWords,
  [projectSettingsType]: settingsWords,
  [subscriptionType]: subscriptionWords,
};

const isOnlyVariables = (type: string): boolean => /:(PagesVariables|ServiceVariables)$/.test(type);

/** Paths outside of the variables. */
function ownPaths({ paths, before, after }: Extract<Change, { paths: readonly string[] }>): string[] {
  const places = [...variableSets(before), ...variableSets(after)].map(({ path }) => path);
  return paths.filter((path) => !places.some((place) => touches(path, place)));
}
