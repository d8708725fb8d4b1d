import { readBearer } from "../../kit/index.ts";
import type { World } from "../world.ts";
import { badKey, forbidden, notFound, unauthenticated } from "./errors.ts";

/** The caller: the scopes of its key, and which requests share its rate limit. */
export interface Caller {
  /** The user's numeric id. */
  userId: number;
  scopes: readonly string[];
  projects: readonly number[] | null;
  bucket: string;
}

/**
 * Finds the caller of a request, or answers 401. A project's secret key is accepted only by routes that allow it.
 * Source: posthog/auth.py, PersonalAPIKeyAuthentication and ProjectSecretAPIKeyAuthentication.
 */
export function authenticate(
  world: World,
  request: Request,
  body: Record<string, unknown>,
  takesSecretKey = false,
): Caller {
  const found = findKey(request, body);
  if (found === null) {
    throw unauthenticated("not_authenticated", "Authentication credentials were not provided.");
  }
  if (takesSecretKey && found.key === world.project.secretKey) {
    const { id } = world.project;
    return { userId: world.members[0].id, scopes: ["feature_flag:read"], projects: [id], bucket: found.key };
  }
  // A project's phc_ key is not a personal key either: PostHog gives both the same answer.
  const caller = callerOf(world, found.key);
  if (caller === null) throw unauthenticated("authentication_failed", badKey(found.source));
  return caller;
}

/** The owner and scopes of a personal key; `null` for an unknown key. */
export function callerOf(world: World, key: string): Caller | null {
  const userId = world.members[0].id;
  if (key === world.project.personalApiKey) return { userId, scopes: ["*"], projects: null, bucket: key };
  const scoped = world.project.scopedKeys.find((candidate) => candidate.key === key);
  return scoped ? { userId, scopes: scoped.scopes, projects: scoped.projects ?? null, bucket: key } : null;
}

type KeyLocation = Parameters<typeof badKey>[0];

function findKey(request: Request, body: Record<string, unknown>): { key: string; source: KeyLocation } | null {
  const bearer = readBearer(request.headers.get("Authorization") ?? undefined);
  if (bearer !== null) return { key: bearer, source: "Authorization header" };
  if (typeof body.personal_api_key === "string") return { key: body.personal_api_key, source: "body" };
  const inQuery = new URL(request.url).searchParams.get("personal_api_key");
  return inQuery === null ? null : { key: inQuery, source: "query string" };
}

/** Answers 403 unless the key has the scope. Source: posthog/permissions.py. */
export function requireScope(caller: Caller, scope: string): void {
  const [object, action] = scope.split(":");
  const granting = action === "read" ? [scope, `${object}:write`, "*"] : [scope, "*"];
  if (!granting.some((granted) => caller.scopes.includes(granted))) {
    throw forbidden(`API key missing required scope '${scope}'`);
  }
}

/** Answers an error unless the path is of this project: 403 for a key restricted to other projects, else 404. */
export function requireProject(world: World, caller: Caller, named: string): void {
  const id = named === "@current" ? world.project.id : Number(named);
  if (caller.projects !== null && !caller.projects.includes(id)) {
    throw forbidden(`API key does not have access to the requested project: ID ${named}.`);
  }
  if (id !== world.project.id) throw notFound("Project not found.");
}
