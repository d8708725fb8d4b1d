import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { atPortOrAnother } from "../port.ts";
import { startTwin, type Twin, type TwinEnv, type TwinError } from "../twins/kit/index.ts";

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

const root = fileURLToPath(new URL("./operator-ui", import.meta.url));

/** A deployed site: content by path. */
type Site = ReadonlyMap<string, string>;

/** Builds the local operator UI as Pages would: Vite writes the variables into the scripts. */
async function buildOperatorUi(variables: Readonly<Record<string, string | undefined>>): Promise<Site> {
  // Loaded on demand: it is large, and `up` alone does not need it.
  const { build } = await import("vite");
  const viteVariables = Object.entries(variables).filter(([name]) => name.startsWith("VITE_"));
  const built = await build({
    ...{ root, configFile: false, envDir: false, logLevel: "silent" },
    define: Object.fromEntries(
      viteVariables.map(([name, value]) => [`import.meta.env.${name}`, JSON.stringify(value)]),
    ),
    build: { write: false, target: "es2022" },
  });
  if (!("output" in built)) throw new Error("Vite did not return the result of a single build");
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === "chunk"
        ? file.code
        : typeof file.source === "string"
          ? file.source
          : Buffer.from(file.source).toString("utf8"),
    ]),
  );
}
