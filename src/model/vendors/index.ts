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
const others = { github: { name: "GitHub", hosts: ["api.github.com"] } } as const;

/** Everything that a client of this project talks to. */
export const services = { ...vendors, ...others };

export type ServiceId = keyof typeof services;

/** A vendor as a person calls it. */
export type VendorName<Id extends VendorId = VendorId> = (typeof vendors)[Id]["name"];

/** Where apps have their variables, by the vendor that runs them. */
export const variablePlaces = { cloudflare: cloudflare.variables, render: render.variables } as const;

/** Such a place as a person calls it. */
export type VariablePlaceName = (typeof variablePlaces)[keyof typeof variablePlaces]["place"];

type VariablePlace = NonNullable<Vendor["variables"]>;

/** The same places by the names that people use. */
export const variablePlaceByName = Object.fromEntries(
  Object.values(variablePlaces).map((found) => [found.place, found]),
) as Readonly<Record<VariablePlaceName, VariablePlace>>;

/** The id of a vendor or of another service by the name that a person uses; undefined for a name that is none of these. */
export const serviceIdOf = (name: string): ServiceId | undefined =>
  (Object.keys(services) as ServiceId[]).find((id) => services[id].name === name);

/** The hosts that keys may be sent to, by the service's name: those listed, and those below a domain that begins with a dot. */
export function hostsOf(name: string): readonly string[] {
  const id = serviceIdOf(name);
  return id === undefined ? [] : services[id].hosts;
}
