import { setTimeout as delay } from "node:timers/promises";

export interface JsonAnswer {
  status: number;
  headers: Headers;
  /** Parsed JSON; `null` when there was none. */
  body: unknown;
}

/** Milliseconds to wait before a retry; `null`: no retry. */
export type RetryPolicy = (attempt: number, answer: Pick<JsonAnswer, "status" | "headers"> | null) => number | null;

export interface JsonClient {
  /** Sends a request, with retries by the policy. Throws `RequestFailed` for an error status. */
  send(method: string, path: string, body?: unknown): Promise<JsonAnswer>;
}

export interface JsonClientOptions {
  baseUrl: string;
  headers: Record<string, string>;
  retry: RetryPolicy;
  /** The vendor's message in an error body. */
  explain(body: unknown): string;
  /** Timeout of one request; default 2 minutes. */
  timeoutMs?: number;
  /** Waits between attempts; a parameter for tests. */
  wait?: (ms: number) => Promise<unknown>;
}

/** A request was answered with an error, or not at all (`status` 0). No header and no request body is in its message. */
export class RequestFailed extends Error {
  override name = "RequestFailed";
  readonly status: number;
  constructor(method: string, url: string, status: number, explanation: string) {
    super(`${method} ${url}: ${status === 0 ? "" : `${status} `}${explanation}`);
    this.status = status;
  }
}

export function jsonClient(options: JsonClientOptions): JsonClient {
  const { baseUrl, headers, retry, explain, timeoutMs = 120_000, wait = delay } = options;

  const once = async (method: string, url: string, body: unknown): Promise<JsonAnswer> => {
    const first = await ask(method, url, body);
    const location = first.headers.get("Location");
    if (first.status < 300 || first.status >= 400 || location === null) return first;
    // As in Go's client: follow one redirect, with GET after 301 to 303, and never send the key to another host.
    const target = new URL(location, url);
    const isSameHost = target.host === new URL(url).host;
    return first.status < 304
      ? ask("GET", target.href, undefined, isSameHost)
      : ask(method, target.href, body, isSameHost);
  };

  const ask = async (method: string, url: string, body: unknown, withKey = true): Promise<JsonAnswer> => {
    const response = await fetch(url, {
      method,
      headers: {
        Accept: "application/json",
        ...(withKey ? headers : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json; charset=UTF-8" }),
      },
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) };
  };

  return {
    async send(method, path, body) {
      const url = `${baseUrl}${path}`;
      for (let attempt = 0; ; attempt += 1) {
        const outcome = await once(method, url, body).catch((error: unknown) => reason(error));
        const answer = typeof outcome === "string" ? null : outcome;
        if (answer !== null && answer.status < 400) return answer;
        const waitMs = retry(attempt, answer);
        if (waitMs !== null) await wait(waitMs);
        else if (typeof outcome === "string") throw new RequestFailed(method, url, 0, outcome);
        else throw new RequestFailed(method, url, outcome.status, explain(outcome.body));
      }
    },
  };
}

function parsed(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** fetch hides why a connection failed in its cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

export const isServerTrouble = (status: number) => status === 429 || (status >= 500 && status !== 501);

/** The wait that a `Retry-After` in seconds gives, in milliseconds; null without one. */
export function retryAfterMs(headers: Headers): number | null {
  const text = headers.get("Retry-After");
  return text !== null && /^\d+$/.test(text) ? Number(text) * 1000 : null;
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
export const text = (value: unknown): string => (typeof value === "string" ? value : "");
