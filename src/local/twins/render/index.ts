import { Hono } from "hono";
import { openStore, readBearer, sameSecret, startTwin, type Twin, type TwinEnv } from "../kit/index.ts";
import { deployRoutes } from "./deploys.ts";
import { envVarRoutes } from "./env-vars.ts";
import { newId, refuse, renderError } from "./http.ts";
import { publishedLimits, type RenderLimits, rateLimits } from "./limits.ts";
import type { RenderParts } from "./parts.ts";
import type { ServiceType, StoredDeploy, StoredService } from "./service.ts";
import { createService, serviceRoutes } from "./services.ts";

export type { RenderLimits } from "./limits.ts";
export type { ServiceType } from "./service.ts";

/** A service that exists at the start. */
export interface RenderSeed {
  /** Default: generated, `srv-…`. */
  id?: string;
  name: string;
  /** Default `web_service`. */
  type?: ServiceType;
  envVars?: Record<string, string>;
}

export interface RenderTwinOptions {
  /** Default 0: any free port. */
  port?: number;
  /** File for the state; default in memory. */
  file?: string;
  /** The only accepted key. Default: any bearer token. */
  apiKey?: string;
  /** Services at the start; those already in the file, by name, stay unchanged. */
  services?: readonly RenderSeed[];
  /** Refuse with 429 beyond these, or beyond Render's published limits with `true`; default: never. */
  limits?: RenderLimits | true;
  /** Milliseconds since 1970, for the limits; default the system's clock. */
  now?: () => number;
  /** A deploy requested while another runs starts too (201), or waits (202 without a body). Default `start`. */
  whenBusy?: "start" | "queue";
}

export interface RenderTwin extends Twin {
  /** Adds a service, as a person does in the dashboard, and returns its id. */
  addService(seed: RenderSeed): string;
  serviceId(name: string): string | null;
  /** A service's variables now; `null` when there is no such service. */
  variables(serviceId: string): Record<string, string> | null;
  /** The deploys of a service, oldest first, each with the variables that it started with. */
  deploys(serviceId: string): StoredDeploy[];
}

/** Render's API on this machine (`/v1/…`): services, their variables, deploys. */
export async function startRenderTwin(options: RenderTwinOptions = {}): Promise<RenderTwin> {
  const { apiKey } = options;
  const store = openStore(options.file);
  const app = new Hono<TwinEnv>();
  const owners = store.collection<{ id: string }>("owner");
  const parts: RenderParts = {
    app,
    services: store.collection<StoredService>("service"),
    deploys: store.collection<StoredDeploy>("deploy", { indexed: ["serviceId"] }),
    ownerId: (owners.all()[0] ?? owners.put({ id: newId("tea") })).id,
    whenBusy: options.whenBusy ?? "start",
  };
  const byName = (name: string) => parts.services.all().find((service) => service.name === name) ?? null;
  for (const seed of options.services ?? []) if (byName(seed.name) === null) createService(parts, seed);

  app.use("/v1/*", async (c, next) => {
    const key = readBearer(c.req.header("Authorization"));
    if (key === null || (apiKey !== undefined && !sameSecret(key, apiKey))) throw refuse(401, "Unauthorized");
    await next();
  });
  app.use(
    "/v1/*",
    rateLimits(options.limits === true ? publishedLimits : (options.limits ?? null), options.now ?? Date.now),
  );
  serviceRoutes(parts);
  envVarRoutes(parts);
  deployRoutes(parts);

  const twin = await startTwin({
    name: "render",
    app,
    errorResponse: renderError,
    onStop: store.close,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return {
    ...twin,
    addService: (seed) => createService(parts, seed).id,
    serviceId: (name) => byName(name)?.id ?? null,
    variables(serviceId) {
      const service = parts.services.get(serviceId);
      return service === null ? null : Object.fromEntries(service.envVars.map(({ key, value }) => [key, value]));
    },
    deploys: (serviceId) => parts.deploys.where("serviceId", serviceId),
  };
}
