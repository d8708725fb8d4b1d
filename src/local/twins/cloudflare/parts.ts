import type { Hono } from "hono";
import type { Collection, TwinEnv } from "../kit/index.ts";
import type { CloudflareContext } from "./envelope.ts";
import type { TypelessVariables } from "./merge.ts";
import type { StoredAsset, StoredDeployment, StoredDomain, StoredProject } from "./project.ts";

/** Dependencies of all routes. */
export interface CloudflareParts {
  app: Hono<TwinEnv>;
  projects: Collection<StoredProject>;
  deployments: Collection<StoredDeployment>;
  domains: Collection<StoredDomain>;
  assets: Collection<StoredAsset>;
  typelessVariables: TypelessVariables;
  /** The project of the path; throws Cloudflare's 404. */
  findProject(c: CloudflareContext): StoredProject;
}

export const base = "/client/v4";
export const projectsPath = `${base}/accounts/:account/pages/projects` as const;
export const projectPath = `${projectsPath}/:project` as const;
