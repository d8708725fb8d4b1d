import type { HTTPException } from "hono/http-exception";
import type { TwinError } from "../../kit/index.ts";
import { refusal } from "../../kit/index.ts";

/** PostHog's error body. Source: drf-exceptions-hog, which PostHog's API uses. */
export interface ErrorBody {
  type: "authentication_error" | "invalid_request" | "validation_error" | "throttled_error" | "server_error";
  code: string;
  detail: string;
  /** The invalid field; parts joined by `__`. */
  attr: string | null;
}

function failure(
  status: Parameters<typeof refusal>[0],
  body: ErrorBody,
  headers: Record<string, string> = {},
): HTTPException {
  return refusal(status, body, headers);
}

export const invalid = (detail: string, attr: string | null = null, code = "invalid_input"): HTTPException =>
  failure(400, { type: "validation_error", code, detail, attr });

export const unparsable = (detail: string): HTTPException =>
  failure(400, { type: "invalid_request", code: "parse_error", detail, attr: null });

export const unauthenticated = (code: "not_authenticated" | "authentication_failed", detail: string): HTTPException =>
  failure(401, { type: "authentication_error", code, detail, attr: null }, { "WWW-Authenticate": "Bearer" });

export const forbidden = (detail: string): HTTPException =>
  failure(403, { type: "authentication_error", code: "permission_denied", detail, attr: null });

export const paymentRequired = (detail: string): HTTPException =>
  failure(402, { type: "server_error", code: "payment_required", detail, attr: null });

export const notFound = (detail = "Not found."): HTTPException =>
  failure(404, { type: "invalid_request", code: "not_found", detail, attr: null });

/** Some actions answer only a `detail`. */
export const bareDetail = (status: 400 | 404, detail: string): HTTPException => refusal(status, { detail });

export const methodNotAllowed = (method: string): HTTPException =>
  failure(405, {
    type: "invalid_request",
    code: "method_not_allowed",
    detail: `Method "${method}" not allowed.`,
    attr: null,
  });

/** Django's answer to an unhandled error. */
export const serverError = (): HTTPException =>
  failure(500, { type: "server_error", code: "error", detail: "A server error occurred.", attr: null });

/** Without seconds: the answer to too many concurrent queries, which has no `Retry-After`. */
export function throttled(waitSeconds: number | null): HTTPException {
  const body = (detail: string): ErrorBody => ({ type: "throttled_error", code: "throttled", detail, attr: null });
  if (waitSeconds === null) {
    return failure(429, body("Too many concurrent queries. Wait for the running ones to finish, then try again."));
  }
  const unit = waitSeconds === 1 ? "second" : "seconds";
  return failure(429, body(`Request was throttled. Expected available in ${waitSeconds} ${unit}.`), {
    "Retry-After": String(waitSeconds),
  });
}

/** An injected fault, or an error inside the twin, in PostHog's format. */
export function errorResponse({ status, retryAfterSeconds, detail }: TwinError): Response {
  return faultFor(status, retryAfterSeconds, detail).getResponse();
}

function faultFor(status: TwinError["status"], retryAfterSeconds?: number, detail?: string): HTTPException {
  switch (status) {
    case 400:
      return invalid(detail ?? "Invalid input.");
    case 401:
      return unauthenticated("authentication_failed", detail ?? badKey("Authorization header"));
    case 403:
      return forbidden(detail ?? "You do not have permission to perform this action.");
    case 404:
      return notFound(detail);
    case 429:
      return throttled(retryAfterSeconds ?? null);
    default:
      return failure(
        status,
        {
          type: status < 500 ? "invalid_request" : "server_error",
          code: "error",
          detail: detail ?? "A server error occurred.",
          attr: null,
        },
        retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) },
      );
  }
}

/** Source: posthog/auth.py. */
export const badKey = (source: "Authorization header" | "query string" | "body"): string =>
  `Personal API key found in request ${source} is invalid.`;
