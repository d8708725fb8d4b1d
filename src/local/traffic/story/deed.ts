import type { EventNameFrom, EventProperties } from "../../../catalog/events.ts";

/** An action that one of BrandVX's apps reports. Plain data, so that it can be checked, sorted and replayed. */
export type Deed = BrowserDeed | BackendDeed;

interface When {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A visitor of the operator UI. Before signing in, only the browser identifies them. */
export type BrowserDeed = When & { readonly app: "browser"; readonly visitor: string } & (
    | { readonly kind: "track"; readonly event: EventNameFrom<"browser">; readonly properties: Properties }
    | { readonly kind: "page"; readonly path: string }
    | { readonly kind: "sign in"; readonly userId: string; readonly person: Properties }
  );

/** The backend, on behalf of a tenant. */
export interface BackendDeed extends When {
  readonly app: "backend";
  readonly tenant: string;
  readonly event: EventNameFrom<"server">;
  readonly properties: Properties;
}

type Properties = Readonly<Record<string, unknown>>;

export function track<Name extends EventNameFrom<"browser">>(
  at: number,
  visitor: string,
  event: Name,
  properties: EventProperties<Name>,
): BrowserDeed {
  return { app: "browser", kind: "track", at, visitor, event, properties };
}

export function capture<Name extends EventNameFrom<"server">>(
  at: number,
  tenant: string,
  event: Name,
  properties: EventProperties<Name>,
): BackendDeed {
  return { app: "backend", at, tenant, event, properties };
}
