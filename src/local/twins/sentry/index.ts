import { Hono } from "hono";
import { refusal, startTwin, type Twin, type TwinEnv } from "../kit/index.ts";
import { artifactRoutes } from "./artifacts.ts";
import { authenticate, type Scope, scopesOf } from "./auth.ts";
import { detectorRoutes } from "./detectors.ts";
import { environmentRoutes, keepEnvironment } from "./environments.ts";
import { filterRoutes } from "./filters.ts";
import { notFound, sentryError } from "./http.ts";
import { ingestRoutes } from "./ingest.ts";
import { issueRoutes } from "./issues.ts";
import { keyRoutes } from "./keys.ts";
import { legacyAlertRoutes } from "./legacy-alerts.ts";
import { type EnvelopeItem, openSentryModel, type StoredEvent } from "./model.ts";
import { organizationRoutes } from "./organization.ts";
import type { Integration, Member } from "./organization-view.ts";
import { ownershipRoutes } from "./ownership.ts";
import type { SentryParts } from "./parts.ts";
import { projectRoutes } from "./projects.ts";
import { releaseFileRoutes } from "./release-files.ts";
import { releaseRoutes } from "./releases.ts";
import { sourceMapDebugRoutes } from "./source-map-debug.ts";
import { teamRoutes } from "./teams.ts";
import { workflowRoutes } from "./workflows.ts";

export type { Scope } from "./auth.ts";
export type { EnvelopeItem, StoredEvent } from "./model.ts";
export type { Integration, Member } from "./organization-view.ts";

export interface SentryTwinOptions {
  /** Default 0: any free port. */
  port?: number;
  /** File for the state; default in memory. */
  file?: string;
  /** Slug of the only organization; default `brandvx`. */
  organization?: string;
  /** The only accepted token. Default: any bearer token. */
  token?: string;
  /** Scopes of the token; default all. */
  scopes?: readonly Scope[];
  /** Other accepted tokens, each with its scopes. */
  scopedTokens?: readonly { readonly token: string; readonly scopes: readonly Scope[] }[];
  /** People that alerts may notify; default one, with id `1`. */
  members?: readonly Member[];
  /** Integrations that alerts may notify through; default a Slack workspace, with id `1`. */
  integrations?: readonly Integration[];
  /** Environments at the start; default none, until the first event or deploy uses one. */
  environments?: readonly string[];
  /** Determines the order of conditions in answers (random by default, as Sentry's): a source of numbers in [0, 1). */
  random?: () => number;
}

export interface SentryTwin extends Twin {
  organization: string;
  /** Envelope items other than errors: sessions, transactions, spans, replays, client reports, … */
  items(type?: string): EnvelopeItem[];
  /** Errors and messages as the SDKs sent them, oldest first. */
  events(): StoredEvent[];
  /** How long bundles of source maps uploaded from now on stay `assembling`; 0 at first. */
  assembleFor(delayMs: number): void;
  /** How long it takes to store the commits of a release from now on, while others of it are refused; 0 at first. */
  processCommitsFor(delayMs: number): void;
}

/**
 * Sentry on this machine: the management API below `/api/0/` and the ingestion that its keys' DSNs refer to. Built from
 * Sentry's published OpenAPI and the behaviour that clients depend on, not from what this project sends.
 */
export async function startSentryTwin(options: SentryTwinOptions = {}): Promise<SentryTwin> {
  const slug = options.organization ?? "brandvx";
  const random = options.random ?? Math.random;
  const model = openSentryModel(options.file);
  const app = new Hono<TwinEnv>();
  let url = "http://127.0.0.1";
  let assemblingMs = 0;
  let commitsMs = 0;
  let isOpen = true;
  const parts: SentryParts = {
    app,
    model,
    publicUrl: () => url,
    isOpen: () => isOpen,
    shuffle: (items) => shuffled(items, random),
    organization: {
      slug,
      id: "1",
      members: options.members ?? [{ id: "1", email: "owner@example.com", name: "Owner" }],
      integrations: options.integrations ?? [{ id: "1", provider: "slack", name: "BrandVX" }],
    },
  };

  for (const name of options.environments ?? []) keepEnvironment(model, name, []);
  ingestRoutes(parts);
  app.use("/api/0/*", authenticate(options));
  for (const kind of ["organizations", "projects", "teams"])
    app.use(`/api/0/${kind}/:organization/*`, async (c, next) => {
      const { slug: now, id } = parts.organization;
      if (![now, id].includes(c.req.param("organization"))) throw notFound();
      await next();
    });
  app.get("/api/0/", (c) => c.json({ version: "0", auth: { scopes: scopesOf(c, options) }, user: null }));
  legacyAlertRoutes(parts);
  organizationRoutes(parts);
  teamRoutes(parts);
  projectRoutes(parts);
  keyRoutes(parts);
  filterRoutes(parts);
  ownershipRoutes(parts);
  detectorRoutes(parts);
  workflowRoutes(parts);
  issueRoutes(parts);
  environmentRoutes(parts);
  releaseRoutes(parts, () => commitsMs);
  releaseFileRoutes(parts);
  artifactRoutes(parts, () => assemblingMs);
  sourceMapDebugRoutes(parts);
  app.all("/api/0/*", (c) => {
    const info = c.req.path.endsWith("/") ? "Route not found" : "Route not found, did you forget a trailing slash?";
    throw refusal(404, { info });
  });

  const twin = await startTwin({
    name: "sentry",
    app,
    errorResponse: sentryError,
    onStop() {
      isOpen = false;
      model.close();
    },
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  url = twin.url;
  return {
    ...twin,
    organization: slug,
    items: (type) => model.items.all().filter((item) => type === undefined || item.type === type),
    events: model.events.all,
    assembleFor(delayMs) {
      assemblingMs = delayMs;
    },
    processCommitsFor(delayMs) {
      commitsMs = delayMs;
    },
  };
}

/** Fisher-Yates shuffle: every order is equally likely. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [left, right] = [result[last], result[other]];
    if (left !== undefined && right !== undefined) {
      result[last] = right;
      result[other] = left;
    }
  }
  return result;
}
