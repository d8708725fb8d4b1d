import {
  isServerTrouble,
  type JsonClient,
  jsonClient,
  RequestFailed,
  type RetryPolicy,
  record,
  retryAfterMs,
  text,
} from "../kit/http.ts";
import { PluginCrash } from "../kit/resource.ts";

/** Retry policy of the real plugin's client: four more attempts, 1 s doubling, and the waits that Sentry requests. */
const retry: RetryPolicy = (attempt, answer) => {
  if (attempt >= 4 || (answer !== null && !isServerTrouble(answer.status))) return null;
  const backoff = Math.min(1000 * 2 ** attempt, 30_000);
  if (answer?.status !== 429) return backoff;
  const { headers } = answer;
  const reset = headers.get("X-Sentry-Rate-Limit-Reset");
  if (headers.get("X-Sentry-Rate-Limit-Remaining") === "0" && reset !== null)
    return Math.max(0, Number(reset) * 1000 - Date.now());
  return retryAfterMs(headers) ?? backoff;
};

const explain = (body: unknown): string => {
  const { detail } = record(body);
  return text(detail) || (typeof body === "string" ? body : JSON.stringify(body));
};

/**
 * From `sentry:token` and `sentry:baseUrl`, else from the environment variables that the real plugin reads
 * (terraform-provider-sentry v0.11.2, sentry/provider.go).
 *
 * @param wait between attempts; a parameter for tests
 */
export function sentryClient(
  config: Readonly<Record<string, string>>,
  env = process.env,
  wait?: (ms: number) => Promise<unknown>,
): JsonClient {
  const token = config.token || env.SENTRY_AUTH_TOKEN || env.SENTRY_TOKEN || "";
  const base = (config.baseUrl || env.SENTRY_BASE_URL || "https://sentry.io/api/").replace(/\/*$/, "/");
  const client = jsonClient({
    baseUrl: `${base.endsWith("/api/") ? base : `${base}api/`}0`,
    headers: { Authorization: `Bearer ${token}` },
    retry,
    explain,
    ...(wait === undefined ? {} : { wait }),
  });
  // After its last attempt, the real plugin reads the status of a response that does not exist, and panics.
  const crashing = (error: unknown): never => {
    throw error instanceof RequestFailed && error.status === 0
      ? new PluginCrash(`The connection to Sentry was lost: ${error.message}`, { cause: error })
      : error;
  };
  return { send: (...request) => client.send(...request).catch(crashing) };
}

/** The items of all pages of a list (GOS v2.2.0: sentry/sentry.go, Link headers). */
export async function listAll(client: JsonClient, path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const { body, headers }: { body: unknown; headers: Headers } = await client.send(
      "GET",
      cursor === "" ? path : `${path}?cursor=${cursor}`,
    );
    if (Array.isArray(body)) items.push(...body.map(record));
    cursor = /rel="next"; results="true"; cursor="([^"]+)"/.exec(headers.get("Link") ?? "")?.[1];
  }
  return items;
}
