import { type JsonClient, jsonClient } from "../kit/http.ts";

/**
 * From `upstash:email` and `upstash:apiKey`, else UPSTASH_EMAIL and UPSTASH_API_KEY. The real plugin has a fixed address; this
 * one reads another from UPSTASH_API_BASE_URL. Like the real one, it never retries.
 */
export function upstashClient(config: Readonly<Record<string, string>>, env = process.env): JsonClient {
  const email = config.email || env.UPSTASH_EMAIL;
  const apiKey = config.apiKey || env.UPSTASH_API_KEY;
  for (const [name, value] of Object.entries({ email, apiKey }))
    if (!value)
      throw new Error(
        `missing required configuration key "upstash:${name}": set it with pulumi config set ${name === "apiKey" ? "--secret " : ""}upstash:${name} <value>`,
      );
  return jsonClient({
    baseUrl: (env.UPSTASH_API_BASE_URL || "https://api.upstash.com").replace(/\/+$/, ""),
    headers: { Authorization: `Basic ${Buffer.from(`${email}:${apiKey}`).toString("base64")}` },
    retry: () => null,
    explain: (body) => (typeof body === "string" ? body : JSON.stringify(body)),
  });
}
