import { hostsOf } from "../../model/vendors/index.ts";

/**
 * Environment variable with further hosts that may receive keys, for self-hosted installations:
 * `sentry.brandvx.io,posthog.brandvx.io`.
 */
export const allowedHostsVariable = "OBS_ALLOWED_HOSTS";

type Env = Readonly<Record<string, string | undefined>>;

/** Whether an address is on this machine. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Why an address must not receive a vendor's key; undefined when it may. Addresses come from a stack's configuration,
 * which a branch can change: one that is neither the vendor's own nor on this machine must be allowed in the
 * environment, which no branch can change.
 */
export function whyNoKeyTo(vendor: string, address: string, env: Env = process.env): string | undefined {
  if (!URL.canParse(address)) return "is not an address";
  const { protocol, hostname } = new URL(address);
  if ((protocol === "http:" || protocol === "https:") && isLoopback(address)) return undefined;
  if (protocol !== "https:") return "is not encrypted: keys are sent over https alone, and over http to this machine";
  const host = hostname.replace(/\.$/, "");
  const isAllowed = [...hostsOf(vendor), ...allowedHosts(env)].some((allowed) =>
    allowed.startsWith(".") ? host.endsWith(allowed) : host === allowed,
  );
  return isAllowed ? undefined : `is not ${vendor}'s own`;
}

/** Host names must match exactly: a subdomain may belong to somebody else. */
const allowedHosts = (env: Env): string[] =>
  (env[allowedHostsVariable] ?? "").split(/[\s,]+/).flatMap((host) => host.replace(/^\.+/, "").toLowerCase() || []);

/** How to allow an intended address. */
export const allowing = (address: string): string =>
  `if it is an installation of your own: export ${allowedHostsVariable}=${URL.canParse(address) ? new URL(address).hostname : "<host>"}`;

/** @throws Error when the address must not receive a key of this vendor */
export function requireDestination(vendor: string, address: string, env: Env = process.env): void {
  const why = whyNoKeyTo(vendor, address, env);
  if (why === undefined) return;
  throw new Error(`nothing was sent: the address of ${vendor}, ${address}, ${why}; ${allowing(address)}`);
}
