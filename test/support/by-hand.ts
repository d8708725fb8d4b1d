import { expect } from "vitest";
import { localAccount, localKeys } from "../../src/local/account.ts";
import type { Cloud } from "../../src/local/cloud.ts";

/** Requests as a person's browser or script would send them. */
export function byHand(cloud: Cloud) {
  const send = async (method: string, url: string, token: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(url, {
      method,
      headers: { Authorization: token, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    expect(answer.ok, `${method} ${url}: ${answer.status} ${text}`).toBe(true);
    return text === "" ? null : JSON.parse(text);
  };
  const bearer = (key: string): string => `Bearer ${key}`;
  const basic = `Basic ${Buffer.from(`${localKeys.UPSTASH_EMAIL}:${localKeys.UPSTASH_API_KEY}`).toString("base64")}`;
  const pages = `${cloud.cloudflare.url}/client/v4/accounts/${localAccount.cloudflare.accountId}/pages/projects`;
  return {
    posthog: (method: string, path: string, body?: unknown) =>
      send(method, `${cloud.posthog.url}/api/projects/1/${path}`, bearer(localKeys.POSTHOG_PERSONAL_API_KEY), body),
    sentry: (method: string, path: string, body?: unknown) =>
      send(method, `${cloud.sentry.url}/api/0/${path}`, bearer(localKeys.SENTRY_TOKEN), body),
    upstash: (method: string, path: string, body?: unknown) =>
      send(method, `${cloud.upstash.url}/v2/redis/${path}`, basic, body),
    pages: (method: string, path: string, body?: unknown) =>
      send(method, `${pages}${path}`, bearer(localKeys.CLOUDFLARE_API_TOKEN), body),
    render: (method: string, path: string, body?: unknown) =>
      send(
        method,
        `${cloud.render.url}/v1/services/${localAccount.render.serviceId}/${path}`,
        bearer(localKeys.RENDER_API_KEY),
        body,
      ),
  };
}
