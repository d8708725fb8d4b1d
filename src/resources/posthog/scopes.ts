import { type Scope, scopePurposes } from "../../model/vendors/posthog.ts";
import type { Key } from "./answers.ts";

/** All required scopes that a key lacks; empty when it has them all. Write implies read, `*` is everything. */
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
