import type { Hono } from "hono";
import type { Collection, TwinEnv } from "../kit/index.ts";
import { type RenderContext, refuse } from "./http.ts";
import type { StoredDeploy, StoredService } from "./service.ts";

/** What the routes of every resource share. */
export interface RenderParts {
  app: Hono<TwinEnv>;
  services: Collection<StoredService>;
  deploys: Collection<StoredDeploy>;
  ownerId: string;
  /** What a deploy does that is asked for while another runs. */
  whenBusy: "start" | "queue";
}

export const servicePath = "/v1/services/:service";

export function findService({ services }: RenderParts, c: RenderContext): StoredService {
  const id = c.req.param("service") ?? "";
  const service = services.get(id);
  if (service === null) throw refuse(404, `not found: service: ${id}`);
  return service;
}
