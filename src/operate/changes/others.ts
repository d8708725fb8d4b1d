import { touches } from "../plan/path.ts";
import { type Becomes, becomes, type Change } from "../plan/plan.ts";
import { code, list, type Phrase, plain, say } from "../text/phrase.ts";
import { isAlertType } from "./alerts.ts";
import { dashboardType } from "./dashboards.ts";
import { kindOf } from "./kinds.ts";
import { variableSets } from "./variable-sets.ts";

/** What becomes of a resource that has no words of its own: projects, keys, teams, Redis, … */
export interface OtherChange {
  readonly urn: string;
  readonly kind: string;
  readonly name: string;
  readonly change: Becomes;
  /** Which of its properties differ. Values are not shown: nobody knows which of them is a secret. */
  readonly words: readonly Phrase[];
}

export const otherChanges = (changes: readonly Change[]): OtherChange[] =>
  changes.flatMap((change) => {
    if (change.type === dashboardType || isAlertType(change.type)) return [];
    const paths = change.kind === "changed" || change.kind === "replaced" ? ownPaths(change) : [];
    const holdsVariables = variableSets(change.kind === "deleted" ? change.before : change.after).length > 0;
    // A set of variables is told by its variables; what is left is told here.
    if (holdsVariables && paths.length === 0 && change.kind !== "replaced" && isOnlyVariables(change.type)) return [];
    if (holdsVariables && paths.length === 0 && change.kind === "changed") return [];
    return [
      {
        urn: change.urn,
        kind: kindOf(change.type).title,
        name: change.name,
        change: becomes[change.kind],
        words: paths.length === 0 ? [] : [propertyWords(paths)],
      },
    ];
  });

const isOnlyVariables = (type: string): boolean => /:(PagesVariables|ServiceVariables)$/.test(type);

/** Paths that no variable is at. */
function ownPaths({ paths, before, after }: Extract<Change, { paths: readonly string[] }>): string[] {
  const places = [...variableSets(before), ...variableSets(after)].map(({ path }) => path);
  return paths.filter((path) => !places.some((place) => touches(path, place)));
}

const shownPaths = 8;

function propertyWords(paths: readonly string[]): Phrase {
  const shown = paths.slice(0, shownPaths).map((path) => code(path));
  const left = paths.length - shown.length;
  const all = left > 0 ? [...shown, plain(`${left} more`)] : shown;
  return say`${list(all)} ${paths.length === 1 ? "changes" : "change"}`;
}
