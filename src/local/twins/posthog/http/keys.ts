import { readBearer } from "../../kit/index.ts";
import type { World } from "../world.ts";
import { badKey, forbidden, notFound, unauthenticated } from "./errors.ts";

/** Who asks: what the key may do, and which requests share a rate limit with this one. */
export interface Caller {
  /** The user's numeric id. */
  userId: number;
  scopes: readonly string[];
  projects: readonly number[] | null;
  bucket: string;
}

/** Finds the caller of a request, or ends it as 401. Source: posthog/auth.py, PersonalAPIKeyAuthentication. */
export function authenticate(world: World, request: Request, body: Record<string, unknown>): Caller {
  const found = findKey(request, body);
  if (found === null) {
    throw unauthenticated("not_authenticated", "Authentication credentials were not provided.");
  }
  const userId = world.members[0].id;
  if (found.key === world.project.personalApiKey) return { userId, scopes: ["*"], projects: null, bucket: found.key };
  const scoped = world.project.scopedKeys.find((candidate) => candidate.key === found.key);
  // A project's phc_ key is no personal key either: PostHog answers both alike.
  if (scoped === undefined) throw unauthenticated("authentication_failed", badKey(found.source));
  return { userId, scopes: scoped.scopes, projects: scoped.projects ?? null, bucket: found.key };
}

type Source = Parameters<typeof badKey>[0];

function findKey(request: Request, body: Record<string, unknown>): { key: string; source: Source } | null {
  const bearer = readBearer(request.headers.get("Authorization") ?? undefined);
  if (bearer !== null) return { key: bearer, source: "Authorization header" };
  if (typeof body.personal_api_key === "string") return { key: body.personal_api_key, source: "body" };
  const inQuery = new URL(request.url).searchParams.get("personal_api_key");
  return inQuery === null ? null : { key: inQuery, source: "query string" };
}

/** Ends the request as 403 unless the key has the scope. Source: posthog/permissions.py. */
export function requireScope(caller: Caller, scope: string): void {
  const [object, action] = scope.split(":");
  const granting = action === "read" ? [scope, `${object}:write`, "*"] : [scope, "*"];
  if (!granting.some((granted) => caller.scopes.includes(granted))) {
    throw forbidden(`API key missing required scope '${scope}'`);
  }
}

/** Ends the request unless the path names this project: as 403 for a key that is confined elsewhere, else as 404. */
export function requireProject(world: World, caller: Caller, named: string): void {
  const id = named === "@current" ? world.project.id : Number(named);
  if (caller.projects !== null && !caller.projects.includes(id)) {
    throw forbidden(`API key does not have access to the requested project: ID ${named}.`);
  }
  if (id !== world.project.id) throw notFound("Project not found.");
}
