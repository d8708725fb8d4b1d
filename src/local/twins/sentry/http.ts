import type { Context } from "hono";
import * as z from "zod";
import {
  bodyText,
  charField,
  pageByOffset,
  parseJson,
  refusal,
  strip,
  type TwinEnv,
  type TwinError,
  wholeNumber,
} from "../kit/index.ts";

export type SentryContext = Context<TwinEnv>;

export const notFound = () => refusal(404, { detail: "The requested resource does not exist" });
export const invalid = (fields: Record<string, unknown>) => refusal(400, fields);
export const conflict = (detail: string) => refusal(409, { detail });

/** The answer to a request for a project's former slug (src/sentry/api/bases/project.py, ProjectMoved). */
export function projectMoved(c: SentryContext, slug: string) {
  const { pathname, search } = new URL(c.req.url);
  const [, prefix = "", rest = ""] = /^(\/api\/0\/projects\/[^/]+\/)[^/]+(\/.*)$/.exec(pathname) ?? [];
  const url = `${prefix}${slug}${rest}${search}`;
  const detail = { code: "resource-moved", message: "Resource has been moved", extra: { url, slug } };
  return refusal(302, { slug, detail }, { Location: url });
}

const messages: Partial<Record<TwinError["status"], string>> = {
  400: "Bad request",
  401: "Authentication credentials were not provided.",
  403: "You do not have permission to perform this action.",
  404: "The requested resource does not exist",
  409: "Conflict",
  410: "This API no longer exists.",
  429: "You are attempting to use this endpoint too frequently. Limit is 40 requests in 1 seconds",
};

/** Sentry's error body; the headers of a 429 also say when the next request may be sent (epoch seconds). */
export function sentryError({ status, retryAfterSeconds, detail }: TwinError): Response {
  const headers = new Headers();
  if (retryAfterSeconds !== undefined) headers.set("Retry-After", String(retryAfterSeconds));
  if (status === 429) {
    const reset = Math.ceil(Date.now() / 1000) + (retryAfterSeconds ?? 1);
    for (const [name, value] of rateLimitHeaders(0, reset)) headers.set(name, value);
  }
  return Response.json({ detail: detail ?? messages[status] ?? "Internal Error" }, { status, headers });
}

/** Sentry: src/sentry/middleware/ratelimit.py. The twin never answers 429 itself; a test can inject it as a fault. */
export function rateLimitHeaders(remaining: number, resetEpochSeconds: number): [string, string][] {
  return [
    ["X-Sentry-Rate-Limit-Limit", "40"],
    ["X-Sentry-Rate-Limit-Remaining", String(remaining)],
    ["X-Sentry-Rate-Limit-Reset", String(resetEpochSeconds)],
    ["X-Sentry-Rate-Limit-ConcurrentLimit", "25"],
    ["X-Sentry-Rate-Limit-ConcurrentRemaining", "24"],
  ];
}

/** The request's JSON, validated; problems are answered by field, as Django REST framework does. */
export async function readBody<Schema extends z.ZodType>(c: SentryContext, schema: Schema): Promise<z.output<Schema>> {
  const text = bodyText(new Uint8Array(await c.req.arrayBuffer()));
  let json: unknown;
  try {
    json = text === "" ? {} : parseJson(text);
  } catch (error) {
    throw refusal(400, { detail: `JSON parse error - ${error instanceof Error ? error.message : "invalid"}` });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw invalid(fieldErrors(parsed.error));
  return parsed.data;
}

function fieldErrors(error: z.ZodError): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String);
    const last = path.pop() ?? "nonFieldErrors";
    let at = fields;
    for (const step of path) {
      const inner = isRecord(at[step]) ? at[step] : {};
      at[step] = inner;
      at = inner;
    }
    const missing = issue.code === "invalid_type" && /received undefined/.test(issue.message);
    at[last] = [missing ? "This field is required." : issue.message];
  }
  return fields;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One page, with Sentry's `Link` header: always both directions, `results` says whether there are more. */
export function page<T>(c: SentryContext, items: readonly T[], view: (item: T) => unknown): Response {
  const limit = wholeNumber(c.req.query("per_page") ?? c.req.query("limit"), 100, 1, 100);
  const [, offsetText] = (c.req.query("cursor") ?? "").split(":");
  const offset = wholeNumber(offsetText, 0, 0, Number.MAX_SAFE_INTEGER);
  const { items: shown, nextOffset } = pageByOffset(items, offset, limit);
  const link = (rel: "previous" | "next", cursor: string, results: boolean) => {
    const url = new URL(c.req.url);
    url.searchParams.set("cursor", cursor);
    return `<${url}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;
  };
  c.header(
    "Link",
    [
      link("previous", `0:${Math.max(0, offset - limit)}:1`, offset > 0),
      link("next", `0:${offset + limit}:0`, nextOffset !== null),
    ].join(", "),
  );
  return c.json(shown.map(view));
}

/** A time in Sentry's format. */
export const now = () => new Date().toISOString();

/** The identifier in a slug field: not only digits (sentry.api.serializers: SentrySlugField). */
export const slugPattern = /^(?![0-9]+$)[a-z0-9_-]+$/;

export const slugField = (maxLength: number) =>
  z
    .string()
    .check(charField(maxLength))
    .regex(
      slugPattern,
      "Enter a valid slug consisting of lowercase letters, numbers, underscores or hyphens. It cannot be entirely numeric.",
    );

export const textField = (maxLength: number) =>
  z.string().overwrite(strip).min(1, "This field may not be blank.").check(charField(maxLength));

/** The slug that Sentry generates from a name when none is given, made unique by a number. */
export function freeSlug(name: string, maxLength: number, isTaken: (slug: string) => boolean): string {
  const base =
    name
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9_\s-]/g, "")
      .trim()
      .replace(/[\s-]+/g, "-")
      .slice(0, maxLength - 4) || "project";
  const first = /^[0-9]+$/.test(base) ? `${base}-a` : base;
  for (let attempt = 1; ; attempt += 1) {
    const slug = attempt === 1 ? first : `${first}-${attempt}`;
    if (!isTaken(slug)) return slug;
  }
}
