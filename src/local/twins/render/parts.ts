import type { Hono } from "hono";
import type { Collection, TwinEnv } from "../kit/index.ts";
import { type RenderContext, refuse } from "./http.ts";
import type { StoredDeploy, StoredService } from "./service.ts";

/** Dependencies of all routes. */
export interface RenderParts {
  app: Hono<TwinEnv>;
  services: Collection<StoredService>;
  deploys: Collection<StoredDeploy>;
  ownerId: string;
  /** What happens to a deploy that is requested while another runs. */
  whenBusy: "start" | "queue";
}

export const servicePath = "/v1/services/:service";

export function findService({ services }: RenderParts, c: RenderContext): StoredService {
  const id = c.req.param("service") ?? "";
  const service = services.get(id);
  if (service === null) throw refuse(404, `not found: service: ${id}`);
  return service;
}
