import { events } from "../../catalog/events.ts";
import { type Owner, owners } from "../../catalog/owners.ts";
import type { Teams } from "../settings/teams.ts";

export interface OwnershipRule {
  match: string;
  owners: string[];
}

/** Owner of all errors that match no other rule. */
const ownerOfTheRest: Owner = "platform";

/** Teams by the area of their events: `ask` of `ask.prompt_submitted`. Areas with several owners are left out. */
function areas(): [area: string, owner: Owner][] {
  const found = new Map<string, Set<Owner>>();
  for (const [name, { owner }] of Object.entries(events)) {
    const [area = "", action] = name.split(".");
    if (action !== undefined) found.set(area, (found.get(area) ?? new Set()).add(owner));
  }
  return [...found].flatMap(([area, [owner, ...others]]) =>
    owner === undefined || others.length > 0 ? [] : [[area, owner] as [string, Owner]],
  );
}

/** Sentry's team of an owner: `teams.<owner>.sentryTeam`, else the stack's, which always has the projects. */
const sentryTeamOf = (owner: Owner, teams: Teams, stackTeam: string): string => teams[owner]?.sentryTeam ?? stackTeam;

/** Sentry's teams with areas of their own, besides the stack's team. */
export const owningTeams = (teams: Teams, stackTeam: string): string[] =>
  [...new Set((Object.keys(owners) as Owner[]).map((owner) => sentryTeamOf(owner, teams, stackTeam)))].filter(
    (team) => team !== stackTeam,
  );

/**
 * An error belongs to the team that owns the events of its area: by the folder of a frame (`src/ask/…`), and by the tag
 * `tool` that the backend sets (`cadence.send`). Sentry applies the last matching rule.
 */
export const ownershipRules = (teams: Teams, stackTeam: string): OwnershipRule[] => {
  const ruleOf = (match: string, owner: Owner): OwnershipRule => ({
    match,
    owners: [`#${sentryTeamOf(owner, teams, stackTeam)}`],
  });
  const ofAreas = areas();
  return [
    ruleOf("path:*", ownerOfTheRest),
    ...ofAreas.map(([area, owner]) => ruleOf(`path:*/${area}/*`, owner)),
    ...ofAreas.map(([area, owner]) => ruleOf(`tags.tool:${area}.*`, owner)),
  ];
};
