import { type JsonClient, jsonClient, type RetryPolicy, record, retryAfterMs, text } from "../kit/http.ts";

const repeatable = (status: number) => [408, 409, 429].includes(status) || status >= 500;

/** Retry policy of cloudflare-go: up to ten more attempts, 2 s doubling to 30 s, a `Retry-After` below a minute, and `x-should-retry`. */
const retry: RetryPolicy = (attempt, answer) => {
  if (attempt >= 10) return null;
  const should = answer?.headers.get("x-should-retry");
  if (answer !== null && (should === "false" || (should !== "true" && !repeatable(answer.status)))) return null;
  const asked = answer === null ? null : retryAfterMs(answer.headers);
  return asked !== null && asked < 60_000 ? asked : Math.min(2000 * 2 ** attempt, 30_000);
};

const explain = (body: unknown): string => {
  const { errors } = record(body);
  const list = Array.isArray(errors) ? errors.map(record) : [];
  return list.map(({ code, message }) => `${text(message)} (${code})`).join(", ") || JSON.stringify(body);
};

/** Required form of a configured token; one from the environment is not checked (terraform-provider-cloudflare: internal/provider.go). */
const tokenPattern = /^[0-9A-Za-z\-_]{40,80}$/;

/** From `cloudflare:apiToken` and `cloudflare:baseUrl`, else CLOUDFLARE_API_TOKEN and CLOUDFLARE_BASE_URL. */
export function cloudflareClient(config: Readonly<Record<string, string>>, env = process.env): JsonClient {
  if (config.apiToken && !tokenPattern.test(config.apiToken))
    throw new Error("cloudflare:apiToken must be 40 to 80 characters of a-z, A-Z, 0-9, hyphens and underscores");
  const token = config.apiToken || env.CLOUDFLARE_API_TOKEN || "";
  const base = config.baseUrl || env.CLOUDFLARE_BASE_URL || "https://api.cloudflare.com/client/v4/";
  return jsonClient({
    baseUrl: base.replace(/\/*$/, "/"),
    headers: { Authorization: `Bearer ${token}` },
    retry,
    explain,
  });
}
