import type { DashboardChange } from "../changes/dashboards.ts";
import type { TileChange } from "../changes/tiles.ts";
import type { VariableChange } from "../changes/variables.ts";
import type { Becomes } from "../plan/plan.ts";
import { code, join, name, type Phrase, plain, say } from "../text/phrase.ts";

export const isWholeGone = (change: Becomes): boolean => change === "removed";

/** What somebody changed on a dashboard; empty when the whole dashboard was deleted. */
export const dashboardWords = ({ change, words, tiles }: DashboardChange): Phrase[] =>
  isWholeGone(change) ? [] : [...words, ...tiles.map(tileWords)];

function tileWords({ title, change, words }: TileChange): Phrase {
  // A refresh names an added tile by its title in PostHog.
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

/** Cloudflare's plugin sends a changed kind without the value (terraform-provider-cloudflare 5: the merge patch of env_vars). */
export const twoHeals: Phrase = plain(
  "takes two heals: Cloudflare's plugin first makes it plain again, without its value, which only the next `up --refresh` writes",
);

/** What to know before healing a resource that Sentry identifies by its slug. */
export function remarksOn(urn: string, change: Becomes, words: readonly Phrase[]): Phrase[] {
  if (/:SentryTeam::/.test(urn) && change === "removed") {
    return [
      plain(
        "Sentry knows a team by its slug: where it was only renamed, give it its slug back there (Settings > Teams) instead of healing it, which makes a second team",
      ),
    ];
  }
  if (/:PagesProject::/.test(urn) && change === "removed") {
    return [plain("its variables, deployments and domains are gone with it")];
  }
  if (/:SentryProject::/.test(urn) && words.some((phrase) => String(phrase).includes("slug"))) {
    return [plain("it is the same project under another slug: healing gives it the old one back, and loses nothing")];
  }
  return [];
}
