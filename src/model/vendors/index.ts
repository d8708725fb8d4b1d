import { cloudflare } from "./cloudflare.ts";
import { posthog } from "./posthog.ts";
import { render } from "./render.ts";
import { sentry } from "./sentry.ts";
import { upstash } from "./upstash.ts";
import type { Credential, Vendor } from "./vendor.ts";

/** The vendors of a stack, by the names of their folders. What else a vendor must have: test/model/vendors.test.ts. */
export const vendors = { posthog, sentry, upstash, cloudflare, render } as const satisfies Readonly<
  Record<string, Vendor>
>;

export type VendorId = keyof typeof vendors;

/** All of them, as plain structure. */
export const allVendors: readonly Vendor[] = Object.values(vendors);

/** Everything that opens a vendor, and what belongs to it. */
export const allCredentials: readonly Credential[] = allVendors.flatMap(({ credentials }) =>
  Object.values(credentials),
);

/** Where keys are sent that are no vendor's of a stack: `obs` writes comments and issues with them. */
const others: Readonly<Record<string, readonly string[]>> = { GitHub: ["api.github.com"] };

/** The hosts that keys may be sent to, by the vendor's name: those listed, and those below a domain that begins with a dot. */
export const hostsOf = (name: string): readonly string[] =>
  allVendors.find((vendor) => vendor.name === name)?.hosts ??
  (Object.hasOwn(others, name) ? others[name] : undefined) ??
  [];
