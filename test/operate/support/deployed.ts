import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { environment, type VariableName, variableNamesOf } from "../../../src/catalog/environment.ts";
import type { ValueOriginName } from "../../../src/catalog/value-origins.ts";
import { lazyEvaluator } from "../../../src/local/query.ts";
import { type CloudflareTwin, startCloudflareTwin } from "../../../src/local/twins/cloudflare/index.ts";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { type RenderTwin, startRenderTwin } from "../../../src/local/twins/render/index.ts";
import { type SentryTwin, startSentryTwin } from "../../../src/local/twins/sentry/index.ts";
import type { Access } from "../../../src/operate/access/access.ts";
import { ownDashboards } from "../../support/own-dashboards.ts";

/** Values that must not be seen in any report. */
export const marked = {
  posthog: "phx_marked0personal0key0123456789",
  sentry: "sntrys_marked_token_0123456789",
  cloudflare: "marked-cloudflare-token-0123456789012345",
  render: "rnd_marked_key_0123456789",
  flagsKey: "phs_marked0flags0key0123456789",
  redis: "rediss://default:marked-redis-password@marked.upstash.io:6379",
} as const;

const projectKey = "phc_0123456789abcdefghijklmnopqrstuvwxyzABCDEF";
const accountId = "0123456789abcdef0123456789abcdef";

/** Both apps deployed, with all vendors, on this machine. Everything works until a test breaks it. */
export interface Deployed extends AsyncDisposable {
  readonly access: Access;
  readonly posthog: PosthogTwin;
  readonly sentry: SentryTwin;
  readonly cloudflare: CloudflareTwin;
  readonly render: RenderTwin;
  readonly appUrl: string;
  readonly dsns: { browser: string; server: string };
  /** The value that the deployment gave a variable. */
  sent(name: VariableName): string;
  readonly dashboards: typeof ownDashboards;
  /** The answers of the backend and of the deployed app. */
  readonly app: { health: unknown; bundle: string };
  setPages(name: string, variable: { type: string; value: string } | null): Promise<void>;
  setRender(name: string, value: string | null): Promise<void>;
  /** Calls Sentry's management API. */
  sentryApi(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Adds a custom domain to the Pages project. */
  addDomain(name: string): Promise<void>;
}

export async function deployed(): Promise<Deployed> {
  const { evaluate, close } = lazyEvaluator();
  const [posthog, sentry, cloudflare, render] = await Promise.all([
    startPosthogTwin({ personalApiKey: marked.posthog, projectKey, evaluate }),
    startSentryTwin({ token: marked.sentry }),
    startCloudflareTwin({ accountId, apiToken: marked.cloudflare }),
    startRenderTwin({ apiKey: marked.render, services: [{ id: "srv-backend", name: "backend" }] }),
  ]);
  const sentryApi = (method: string, path: string, body?: unknown) =>
    json(`${sentry.url}/api/0/${path}`, method, marked.sentry, body);
  await sentryApi("POST", "organizations/brandvx/teams/", { slug: "platform", name: "platform" });
  const makeProject = async (slug: string): Promise<string> => {
    await sentryApi("POST", "teams/brandvx/platform/projects/", { name: slug, slug });
    const key = await sentryApi("POST", `projects/brandvx/${slug}/keys/`, { name: slug });
    return (key as { dsn: { public: string } }).dsn.public;
  };
  const dsns = { browser: await makeProject("operator-ui"), server: await makeProject("backend") };

  const pagesUrl = `${cloudflare.url}/client/v4/accounts/${accountId}/pages/projects`;
  await json(pagesUrl, "POST", marked.cloudflare, { name: "operator-ui", production_branch: "main" });
  const setPages: Deployed["setPages"] = async (name, variable) => {
    const body = { deployment_configs: { production: { env_vars: { [name]: variable } } } };
    await json(`${pagesUrl}/operator-ui`, "PATCH", marked.cloudflare, body);
  };
  const addDomain: Deployed["addDomain"] = async (name) =>
    void (await json(`${pagesUrl}/operator-ui/domains`, "POST", marked.cloudflare, { name }));
  const setRender: Deployed["setRender"] = async (name, value) => {
    const url = `${render.url}/v1/services/srv-backend/env-vars/${name}`;
    if (value === null) await json(url, "DELETE", marked.render);
    else await json(url, "PUT", marked.render, { value });
  };
  const values: Record<ValueOriginName, string> = {
    "posthog.projectKey": projectKey,
    "posthog.ingestHost": posthog.url,
    "posthog.flagsKey": marked.flagsKey,
    "sentry.browserDsn": dsns.browser,
    "sentry.serverDsn": dsns.server,
    "sentry.tracesSampleRate": "0.1",
    stage: "production",
    "redis.url": marked.redis,
  };
  const sent = (name: VariableName): string => values[environment[name].valueFrom];
  for (const name of variableNamesOf("browser")) await setPages(name, { type: "plain_text", value: sent(name) });
  for (const name of variableNamesOf("server")) await setRender(name, sent(name));

  const app = {
    health: { status: "ok", redis: "ok" } as unknown,
    bundle: `const k="${projectKey}",d="${dsns.browser}"`,
  };
  const apps = createServer((request, response) => {
    const { url = "/" } = request;
    if (url === "/health") response.setHeader("content-type", "application/json").end(JSON.stringify(app.health));
    else if (url === "/assets/index-1.js") response.end(`import("./analytics-2.js")`);
    else if (url === "/assets/analytics-2.js") response.end(app.bundle);
    else response.end('<!doctype html><script type="module" crossorigin src="/assets/index-1.js"></script>');
  }).listen(0, "127.0.0.1");
  await once(apps, "listening");
  const appUrl = `http://127.0.0.1:${(apps.address() as AddressInfo).port}`;

  const access: Access = {
    stack: "production",
    stage: "production",
    posthog: { host: posthog.url, ingestHost: posthog.url, projectId: posthog.projectId, projectKey },
    sentry: {
      baseUrl: sentry.url,
      organization: "brandvx",
      team: "platform",
      projects: { browser: "operator-ui", server: "backend" },
      keyGeneration: 1,
    },
    tracesSampleRate: "0.1",
    appUrl: undefined,
    healthUrl: `${appUrl}/health`,
    pages: { project: "existing", accountId, projectName: "operator-ui", apiUrl: `${cloudflare.url}/client/v4` },
    render: { serviceId: "srv-backend", apiUrl: `${render.url}/v1` },
    keys: { posthog: marked.posthog, sentry: marked.sentry, cloudflare: marked.cloudflare, render: marked.render },
    keyFindings: [],
  };
  return {
    ...{
      access,
      posthog,
      sentry,
      cloudflare,
      render,
      appUrl,
      dsns,
      sent,
      dashboards: ownDashboards,
      app,
      setPages,
      setRender,
      sentryApi,
    },
    addDomain,
    async [Symbol.asyncDispose]() {
      apps.closeAllConnections();
      apps.close();
      await Promise.all([posthog, sentry, cloudflare, render].map((twin) => twin.stop()));
      await close();
    },
  };
}

async function json(url: string, method: string, token: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
