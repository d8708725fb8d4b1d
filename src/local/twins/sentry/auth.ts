import type { Context, MiddlewareHandler } from "hono";
import { readBearer, refusal, sameSecret, type TwinEnv } from "../kit/index.ts";
import { rateLimitHeaders } from "./http.ts";

/** Scopes of a token; Sentry: src/sentry/conf/server.py, SENTRY_SCOPES. */
export type Scope =
  | `org:${"read" | "write" | "admin" | "integrations"}`
  | `${"project" | "team" | "event" | "member"}:${"read" | "write" | "admin"}`
  | "project:releases"
  | "org:ci"
  | "alerts:read"
  | "alerts:write";

export const allScopes: readonly Scope[] = [
  ...(["read", "write", "admin", "integrations"] as const).map((level): Scope => `org:${level}`),
  ...(["project", "team", "event", "member"] as const).flatMap((area) =>
    (["read", "write", "admin"] as const).map((level): Scope => `${area}:${level}`),
  ),
  "project:releases",
  "org:ci",
  "alerts:read",
  "alerts:write",
];

/** Source: OrganizationReleasePermission and ProjectReleasePermission in src/sentry/api/bases. */
const releaseWriters: Scope[] = ["project:write", "project:admin", "project:releases", "org:ci"];

/** Any of these scopes is enough, by method and path (Sentry: the `permission_classes` of each endpoint). */
const rules: { path: RegExp; read: Scope[]; write: Scope[]; remove?: Scope[] }[] = [
  {
    path: /\/(releases|chunk-upload|artifactbundle|files\/artifact-bundles)\//,
    read: ["project:read", ...releaseWriters],
    write: releaseWriters,
    remove: ["project:admin", "project:releases"],
  },
  { path: /\/source-map-debug\/$/, read: ["project:read"], write: [] },
  {
    path: /\/(detectors|workflows)\//,
    read: ["alerts:read", "org:read"],
    write: ["alerts:write", "org:write", "org:admin"],
  },
  // EventIdLookupEndpoint and ProjectEventDetailsEndpoint have no permissions of their own; OrganizationEventsEndpoint's are below.
  {
    path: /\/organizations\/[^/]+\/eventids\//,
    read: ["org:read"],
    write: [],
  },
  { path: /^\/api\/0\/projects\/[^/]+\/[^/]+\/events\//, read: ["project:read"], write: [] },
  {
    path: /\/(issues|events)\//,
    read: ["event:read"],
    write: ["event:write", "event:admin"],
    remove: ["event:admin"],
  },
  { path: /\/members\//, read: ["member:read", "org:read"], write: ["member:write", "member:admin"] },
  { path: /\/integrations\//, read: ["org:read", "org:integrations"], write: ["org:integrations", "org:write"] },
  {
    path: /^\/api\/0\/projects\/[^/]+\/[^/]+\/$/,
    read: ["project:read"],
    write: ["project:write", "project:admin"],
    remove: ["project:admin"],
  },
  {
    path: /^\/api\/0\/(projects\/|teams\/[^/]+\/[^/]+\/projects\/)/,
    read: ["project:read"],
    write: ["project:write", "project:admin"],
  },
  {
    path: /^\/api\/0\/teams\/|\/teams\/$/,
    read: ["team:read", "org:read"],
    write: ["team:write", "team:admin", "org:write"],
    remove: ["team:admin"],
  },
  { path: /./, read: ["org:read"], write: ["org:write", "org:admin"] },
];

/** The accepted tokens. Without any, every request is accepted. */
export interface Tokens {
  readonly token?: string;
  readonly scopes?: readonly Scope[];
  readonly scopedTokens?: readonly { readonly token: string; readonly scopes: readonly Scope[] }[];
}

/** The scopes of a request's token; answers 401 when it is missing or wrong. */
export function scopesOf(c: Context, { token, scopes = allScopes, scopedTokens = [] }: Tokens): readonly Scope[] {
  const given = readBearer(c.req.header("Authorization"));
  if (given === null) throw refusal(401, { detail: "Authentication credentials were not provided." });
  const scoped = scopedTokens.find((one) => sameSecret(given, one.token));
  if (scoped) return scoped.scopes;
  if (token !== undefined && !sameSecret(given, token)) throw refusal(401, { detail: "Invalid token" });
  return scopes;
}

/**
 * `Authorization: Bearer`. Answers with Sentry's bodies: 401 as in {@link scopesOf}, 403 when the token lacks the
 * scopes.
 */
export function authenticate(tokens: Tokens): MiddlewareHandler<TwinEnv> {
  return async (c, next) => {
    const scopes = scopesOf(c, tokens);
    const rule = rules.find(({ path }) => path.test(c.req.path));
    const needed =
      c.req.method === "GET" ? rule?.read : c.req.method === "DELETE" ? (rule?.remove ?? rule?.write) : rule?.write;
    if (!needed?.some((scope) => covers(scopes, scope)))
      throw refusal(403, { detail: "You do not have permission to perform this action." });
    await next();
    for (const [name, value] of rateLimitHeaders(39, Math.ceil(Date.now() / 1000))) c.res.headers.set(name, value);
  };
}

/** `project:admin` includes `project:write`, which includes `project:read`. */
function covers(held: readonly Scope[], needed: Scope): boolean {
  const [area, level] = needed.split(":");
  const order = ["read", "write", "admin"];
  return held.some((scope) => {
    if (scope === needed) return true;
    const [heldArea, heldLevel] = scope.split(":");
    return (
      heldArea === area &&
      order.indexOf(level ?? "") >= 0 &&
      order.indexOf(heldLevel ?? "") > order.indexOf(level ?? "")
    );
  });
}
