import { Hono } from "hono";
import { atPortOrAnother } from "../port.ts";
import { startTwin, type Twin, type TwinEnv, type TwinError } from "../twins/kit/index.ts";
import { buildOperatorUi, type Site } from "./build.ts";

/** Configuration keys of the apps' public addresses. */
export type AppAddressKey = "brandvx-observability:appUrl" | "brandvx-observability:healthUrl";

/** Serves BrandVX's apps: the operator UI's site, like Pages, and the backend's `/health`. */
export interface Hosting {
  readonly appUrl: string;
  readonly healthUrl: string;
  readonly addresses: Readonly<Record<AppAddressKey, string>>;
  /** Builds the site with these variables and serves it until the next deployment. */
  deploySite(variables: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Sets the backend that `/health` uses from now on. */
  deployBackend(health: () => Promise<object>): void;
  stop(): Promise<void>;
}

export async function startHosting(portOf: (key: AppAddressKey) => number): Promise<Hosting> {
  let site: Site | undefined;
  let health: (() => Promise<object>) | undefined;

  const pages = new Hono<TwinEnv>();
  pages.get("*", (c) => {
    if (!site) return notDeployed("the operator UI");
    const { pathname } = new URL(c.req.url);
    const script = site.get(pathname);
    // Paths without a file get the app's page, as on Pages.
    return script === undefined
      ? c.html(site.get("/index.html") ?? "")
      : c.body(script, 200, { "Content-Type": typeOf(pathname) });
  });
  const backend = new Hono<TwinEnv>();
  backend.get("/health", async (c) => (health ? c.json(await health()) : notDeployed("the backend")));

  const [ui, service] = await Promise.all([
    start("operator UI", pages, portOf("brandvx-observability:appUrl")),
    start("backend", backend, portOf("brandvx-observability:healthUrl")),
  ]);
  const [appUrl, healthUrl] = [ui.url, `${service.url}/health`];
  return {
    ...{ appUrl, healthUrl },
    addresses: { "brandvx-observability:appUrl": appUrl, "brandvx-observability:healthUrl": healthUrl },
    async deploySite(variables) {
      site = await buildOperatorUi(variables);
    },
    deployBackend(ask) {
      health = ask;
    },
    stop: async () => void (await Promise.all([ui.stop(), service.stop()])),
  };
}

const start = (name: string, app: Hono<TwinEnv>, port: number): Promise<Twin> =>
  atPortOrAnother(port, (there) => startTwin({ name, app, port: there, errorResponse, hasPages: true }));

const errorResponse = ({ status, detail }: TwinError): Response => new Response(detail ?? "", { status });

const notDeployed = (what: string): Response =>
  new Response(`${what} is not deployed yet: the stack is still being brought up`, { status: 503 });

const typeOf = (path: string): string =>
  path.endsWith(".js") ? "text/javascript; charset=utf-8" : path.endsWith(".css") ? "text/css" : "text/plain";
