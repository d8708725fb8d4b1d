import { vendors as allVendors, type VendorId } from "../../../model/vendors/index.ts";
import { localAccount, localKeys } from "../../account.ts";
import type { Cloud } from "../../cloud.ts";

export type Vendor = VendorId;
export const vendors = Object.keys(allVendors) as readonly Vendor[];

/** Client of a vendor's API with the account's key, like a person's browser or script. */
export type VendorApi = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
) => Promise<unknown>;

/** The vendor refused a request. `message` has the vendor's message. */
export class VendorRefused extends Error {
  override readonly name = "VendorRefused";
  readonly status: number;

  constructor(vendor: Vendor, method: string, path: string, status: number, answer: string) {
    super(`${vendor} answered ${status} to ${method} ${path}: ${answer.slice(0, 300)}`);
    this.status = status;
  }
}

/** The vendors' APIs of a local cloud. Paths are relative to the project or account. */
export function vendorApis(cloud: Pick<Cloud, Vendor>): Record<Vendor, VendorApi> {
  const { UPSTASH_EMAIL, UPSTASH_API_KEY } = localKeys;
  const basic = `Basic ${Buffer.from(`${UPSTASH_EMAIL}:${UPSTASH_API_KEY}`).toString("base64")}`;
  const pages = `/client/v4/accounts/${localAccount.cloudflare.accountId}/pages/projects`;
  // PostHog's event filter is under the old name of projects alone.
  const prefixes: Readonly<Record<string, string>> = {
    "/event_filter/": `/api/environments/${localAccount.posthog.projectId}`,
  };
  const api =
    (vendor: Vendor, prefix: string, authorization: string): VendorApi =>
    (method, path, body) =>
      send(vendor, method, `${cloud[vendor].url}${prefixes[path] ?? prefix}`, path, authorization, body);
  return {
    posthog: api(
      "posthog",
      `/api/projects/${localAccount.posthog.projectId}`,
      `Bearer ${localKeys.POSTHOG_PERSONAL_API_KEY}`,
    ),
    sentry: api("sentry", "/api/0", `Bearer ${localKeys.SENTRY_TOKEN}`),
    upstash: api("upstash", "/v2/redis", basic),
    cloudflare: api("cloudflare", pages, `Bearer ${localKeys.CLOUDFLARE_API_TOKEN}`),
    render: api("render", "/v1/services", `Bearer ${localKeys.RENDER_API_KEY}`),
  };
}

async function send(vendor: Vendor, method: string, base: string, path: string, authorization: string, body: unknown) {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { Authorization: authorization, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new VendorRefused(vendor, method, path, response.status, text);
  return text === "" ? null : JSON.parse(text);
}
