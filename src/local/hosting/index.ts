import { Hono } from "hono";
import { atPortOrAnother } from "../port.ts";
import { startTwin, type Twin, type TwinEnv, type TwinError } from "../twins/kit/index.ts";
import type { BuildVariables } from "./build.ts";
import { type DeploymentCloud, deployOperatorUi, operatorUi } from "./deploy.ts";

/** Configuration keys of the apps' public addresses. */
export type AppAddressKey = "brandvx-observability:appUrl" | "brandvx-observability:healthUrl";

/** Serves BrandVX's apps: the operator UI's site, like Pages, and the backend's `/health`. */
export interface Hosting {
  readonly appUrl: string;
  readonly healthUrl: string;
  readonly addresses: Readonly<Record<AppAddressKey, string>>;
  /** Builds the operator UI with these variables and deploys it to the Pages project, whose files are served. */
  deploySite(variables: BuildVariables): Promise<void>;
  /** Sets the backend that `/health` uses from now on. */
  deployBackend(health: () => Promise<object>): void;
  stop(): Promise<void>;
}

export interface HostingOptions {
  readonly cloud: DeploymentCloud;
  /** The preferred port of an app; 0: any. */
  readonly portOf: (key: AppAddressKey) => number;
  /** Called with what a deployment says. Default: nothing is said. */
  readonly notice?: (line: string) => void;
}

export async function startHosting({ cloud, portOf, notice = () => {} }: HostingOptions): Promise<Hosting> {
  let health: (() => Promise<object>) | undefined;

  const pages = new Hono<TwinEnv>();
  pages.get("*", (c) => {
    const file = cloud.cloudflare.fileAt(operatorUi, decodeURI(new URL(c.req.url).pathname));
    if (file === null) return notDeployed("the operator UI");
    return file === undefined
      ? c.text("Not found", 404)
      : c.body(file.content, file.status, { "Content-Type": file.contentType });
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
    deploySite: (variables) => deployOperatorUi(variables, cloud, { url: appUrl, notice }),
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
