import { Hono } from "hono";
import { parseJson, type TwinEnv } from "../../kit/index.ts";
import type { JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { methodNotAllowed, notFound, throttled, unparsable } from "./errors.ts";
import { authenticate, type Caller, requireProject, requireScope } from "./keys.ts";
import { throttle } from "./throttle.ts";

export interface ApiRequest {
  method: string;
  url: URL;
  /** A parameter of the path, by its name in the route. */
  path: (name: string) => string;
  body: JsonObject;
  headers: Headers;
  caller: Caller;
}

export type Handler = (request: ApiRequest) => Response | Promise<Response>;
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

export interface RouteOptions {
  /** `dashboard`: its read or write scope by method; `query:read`: that scope; `null`: any key. */
  scope: string | null;
  /** Which rate limit it counts against. Default `default`. */
  bucket?: "default" | "insights" | "query";
  /** Whether the project's secret key (`phs_…`) is accepted, too. Default: personal keys alone. */
  takesSecretKey?: boolean;
}

export interface Api {
  readonly app: Hono<TwinEnv>;
  /**
   * Serves `path` under `/api`, with and without a trailing slash (PostHog's router accepts both). The handler runs in
   * one transaction; authentication, scope, project and rate limit are checked before, in that order.
   */
  on(method: Method, path: `/${string}`, options: RouteOptions, handler: Handler): void;
  /** The same for a path within the project, under `projects/:project` and its old alias `environments/:project`. */
  inProject(method: Method, path: `/${string}`, options: RouteOptions, handler: Handler): void;
  /** Call it after all routes: other methods get 405, other paths 404. */
  seal(): void;
}

export function api(world: World): Api {
  const app = new Hono<TwinEnv>();
  const limiter = throttle();
  const paths = new Set<string>();

  const on: Api["on"] = (method, path, options, handler) => {
    paths.add(path);
    app.on(method, withAndWithoutSlash(path), async (c) => {
      const body = await jsonBody(c.req.raw, await c.req.text());
      const caller = authenticate(world, c.req.raw, body, options.takesSecretKey);
      const scope = fullScope(options.scope, method);
      if (scope !== null) requireScope(caller, scope);
      const project = c.req.param("project");
      if (project !== undefined) requireProject(world, caller, project);
      limit(options.bucket ?? "default", caller);
      const request = {
        method,
        url: new URL(c.req.url),
        path: (name: string) => c.req.param(name) ?? "",
        body,
        headers: c.req.raw.headers,
        caller,
      };
      // An asynchronous handler (a query) writes nothing, so the transaction covers all writes.
      return world.store.transaction(() => handler(request));
    });
  };

  function limit(bucket: NonNullable<RouteOptions["bucket"]>, caller: Caller): void {
    const allowed = world.limits[bucket];
    if (allowed === undefined) return;
    const waitSeconds = limiter.take(`${bucket} ${caller.bucket}`, allowed, world.now().getTime());
    if (waitSeconds !== null) throw throttled(waitSeconds);
  }

  return {
    app,
    on,
    inProject(method, path, options, handler) {
      on(method, `/projects/:project${path}`, options, handler);
      on(method, `/environments/:project${path}`, options, handler);
    },
    seal() {
      for (const path of paths) {
        app.on(allMethods, withAndWithoutSlash(path), (c) => {
          authenticate(world, c.req.raw, {});
          throw methodNotAllowed(c.req.method);
        });
      }
      app.all("*", () => {
        throw notFound("Endpoint not found.");
      });
    },
  };
}

const allMethods = ["GET", "POST", "PATCH", "PUT", "DELETE"];

export const withAndWithoutSlash = (path: string): string[] => [path, `${path}/`];

function fullScope(scope: string | null, method: Method): string | null {
  if (scope === null || scope.includes(":")) return scope;
  return `${scope}:${method === "GET" ? "read" : "write"}`;
}

async function jsonBody(request: Request, text: string): Promise<JsonObject> {
  if (text.trim() === "" || request.method === "GET") return {};
  try {
    const parsed: unknown = parseJson(text);
    if (parsed !== null && typeof parsed === "object" && !Array.isArray(parsed)) return parsed as JsonObject;
  } catch (error) {
    throw unparsable(`JSON parse error - ${(error as Error).message}`);
  }
  throw unparsable("Invalid data. Expected a dictionary.");
}

/** The integer in a path, or the 404 of an unknown id. */
export function numericId(text: string): number {
  if (!/^\d+$/.test(text)) throw notFound();
  return Number(text);
}

/** Models that only soft-delete answer DELETE with 405. Source: posthog/api/forbid_destroy_model.py. */
export const forbidDestroy: Handler = () => new Response(null, { status: 405 });
