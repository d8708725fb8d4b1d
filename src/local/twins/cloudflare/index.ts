import { Hono } from "hono";
import { openStore, readBearer, sameSecret, startTwin, type Twin, type TwinEnv } from "../kit/index.ts";
import { assetRoutes } from "./assets.ts";
import { deploymentRoutes } from "./deployments.ts";
import { domainRoutes } from "./domains.ts";
import { cloudflareError, page, projectNotFound, refuse, succeeded } from "./envelope.ts";
import type { TypelessVariables } from "./merge.ts";
import { base, type CloudflareParts } from "./parts.ts";
import type {
  PagesEnvironment,
  StoredAsset,
  StoredDeployment,
  StoredDomain,
  StoredProject,
  Variable,
} from "./project.ts";
import { projectRoutes } from "./projects.ts";
import { fileAt, type ServedFile } from "./site.ts";

export type { TypelessVariables } from "./merge.ts";
export type { PagesEnvironment, Variable } from "./project.ts";

export interface CloudflareTwinOptions {
  /** Default 0: any free port. */
  port?: number;
  /** File for the state; default in memory. */
  file?: string;
  /** The only accessible account. Default: any account. */
  accountId?: string;
  /** The only accepted token. Default: any bearer token. */
  apiToken?: string;
  /** How a PATCH treats a variable's value without its type; default `keep-type`. */
  typelessVariables?: TypelessVariables;
}

export interface CloudflareTwin extends Twin {
  /** A project's variables as a deployment would get them, including secrets; `null` when the project does not exist. */
  variables(project: string, environment?: PagesEnvironment): Record<string, Variable> | null;
  /**
   * What the newest production deployment of a project serves at a path.
   * @returns `null` before anything was uploaded, undefined where it serves nothing
   */
  fileAt(project: string, path: string): ServedFile | null | undefined;
}

/** wrangler sends up to 40 MiB of files at once, in base64. */
const largestUpload = 64 * 1024 * 1024;

const verified = { id: "ed17574386854bf78a67040be0a770b0", status: "active" };

/** Cloudflare's Pages API on this machine (`/client/v4/accounts/{account}/pages/…`), and the check of a token. */
export async function startCloudflareTwin(options: CloudflareTwinOptions = {}): Promise<CloudflareTwin> {
  const { accountId, apiToken } = options;
  const store = openStore(options.file);
  const app = new Hono<TwinEnv>();
  const parts: CloudflareParts = {
    app,
    projects: store.collection<StoredProject>("project"),
    deployments: store.collection<StoredDeployment>("deployment", { indexed: ["projectId"] }),
    domains: store.collection<StoredDomain>("domain", { indexed: ["projectId"] }),
    assets: store.collection<StoredAsset>("asset"),
    typelessVariables: options.typelessVariables ?? "keep-type",
    findProject(c) {
      const project = parts.projects.get(`${c.req.param("account")}/${c.req.param("project")}`);
      if (project === null) throw projectNotFound();
      return project;
    },
  };

  app.use(`${base}/*`, async (c, next) => {
    // They have a token of their own.
    if (c.req.path.startsWith(`${base}/pages/assets/`)) return next();
    const token = readBearer(c.req.header("Authorization"));
    if (token === null) throw refuse(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers");
    if (apiToken !== undefined && !sameSecret(token, apiToken))
      throw c.req.path.endsWith("/tokens/verify")
        ? refuse(401, 1000, "Invalid API Token")
        : refuse(401, 10000, "Authentication error");
    return next();
  });
  app.use(`${base}/accounts/:account/*`, async (c, next) => {
    if (accountId !== undefined && c.req.param("account") !== accountId)
      throw refuse(403, 10000, "Authentication error");
    await next();
  });
  app.get(`${base}/user/tokens/verify`, (c) => c.json(succeeded(verified)));
  app.get(`${base}/accounts/:account/tokens/verify`, (c) => c.json(succeeded(verified)));
  const account = (id: string) => ({ id, name: "BrandVX", type: "standard" });
  // The token's accounts (developers.cloudflare.com/api/resources/accounts/methods/list).
  app.get(`${base}/accounts`, (c) => {
    const seen = new Set([
      ...(accountId === undefined ? [] : [accountId]),
      ...parts.projects.all().map((one) => one.account),
    ]);
    return page(c, [...seen], account);
  });
  app.get(`${base}/accounts/:account`, (c) => c.json(succeeded(account(c.req.param("account")))));
  projectRoutes(parts);
  deploymentRoutes(parts);
  assetRoutes(parts);
  domainRoutes(parts);

  const twin = await startTwin({
    name: "cloudflare",
    app,
    errorResponse: cloudflareError,
    onStop: store.close,
    bodyLimits: { packed: largestUpload, unpacked: largestUpload },
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const named = (name: string) => parts.projects.all().find((project) => project.name === name);
  return {
    ...twin,
    variables: (name, environment = "production") => named(name)?.deployment_configs[environment].env_vars ?? null,
    fileAt(name, path) {
      const deployment = parts.deployments
        .where("projectId", named(name)?.id ?? "")
        .findLast(({ environment, files }) => environment === "production" && Object.keys(files ?? {}).length > 0);
      return deployment === undefined ? null : fileAt(deployment, path, parts.assets);
    },
  };
}
