import type { Key } from "./answers.ts";

/** Everything that a stack may need a personal API key for, by its scope (posthog/scopes.py). */
export const scopePurposes = {
  "dashboard:write": "make dashboards",
  "insight:write": "make what is on them",
  "alert:write": "make alerts",
  "organization_member:read": "find the people whom alerts tell",
  "event_definition:write": "describe events",
  "annotation:write": "mark releases on charts",
} as const;

/** A scope of a personal API key, as a person ticks it in PostHog. */
export type Scope = keyof typeof scopePurposes;

/** What a key should have, as a person ticks it: `query:read` is for `obs`, which runs the tiles' queries. */
export const neededScopes = [...Object.keys(scopePurposes), "query:read"].join(", ");

/** What a key should have that only reads: for previews, plans and looks for drift. */
export const readingScopes = neededScopes.replaceAll(":write", ":read");

/** What a key cannot do of what is needed, all of it; empty for one that can. Write implies read, `*` is all. */
export function keyProblems({ scopes, scoped_teams }: Key, projectId: number, needed: readonly Scope[]): string[] {
  const isHeld = (scope: Scope) =>
    ["*", scope, scope.replace(/:read$/, ":write")].some((granting) => scopes.includes(granting));
  const missing = needed.filter((scope) => !isHeld(scope)).map((scope) => `${scope} (to ${scopePurposes[scope]})`);
  const projects = scoped_teams ?? [];
  const isConfined = projects.length > 0;
  return [
    ...(missing.length > 0 ? [`it lacks ${missing.join(", ")}`] : []),
    ...(isConfined && !projects.includes(projectId)
      ? [`it is confined to other projects (${projects.join(", ")}) than ${projectId}`]
      : []),
    ...(isConfined && needed.includes("organization_member:read")
      ? [
          "it is confined to projects, and the people whom alerts tell are found in the organization's list of members, which such a key may not read",
        ]
      : []),
  ];
}
