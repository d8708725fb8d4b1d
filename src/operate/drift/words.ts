import type { DashboardChange } from "../changes/dashboards.ts";
import type { TileChange } from "../changes/tiles.ts";
import type { VariableChange } from "../changes/variables.ts";
import type { Becomes } from "../plan/plan.ts";
import { code, join, name, type Phrase, say } from "../text/phrase.ts";

export const isWholeGone = (change: Becomes): boolean => change === "removed";

/** What somebody did to a dashboard; nothing where it is gone as a whole. */
export const dashboardWords = ({ change, words, tiles }: DashboardChange): Phrase[] =>
  isWholeGone(change) ? [] : [...words, ...tiles.map(tileWords)];

function tileWords({ title, change, words }: TileChange): Phrase {
  // What somebody adds is called by a refresh as it is called in PostHog.
  if (change === "new") return say`${name(title)} was added`;
  if (change === "removed") return say`${name(title)} was removed`;
  return say`${name(title)}: ${join(words, "; ")}`;
}

const variableVerbs = {
  new: "was added",
  removed: "was removed",
  changed: "was changed",
  "becomes public": "was made public",
  "becomes secret": "was made secret",
} as const;

export const variableWords = ({ name: variable, change }: VariableChange): Phrase =>
  say`${code(variable)} ${variableVerbs[change]}`;
