import { once } from "node:events";
import type { Server } from "node:http";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import type { SentryTwin } from "../../../src/local/twins/sentry/index.ts";
import { startSentryProject } from "../../support/sentry-project.ts";
import { type ScratchApp, scratchApp } from "../apps/packed.ts";

type OnEnd = (end: () => Promise<void>) => void;

export interface BrowserApp {
  readonly app: ScratchApp;
  readonly url: string;
  readonly posthog: PosthogTwin;
  readonly sentry: SentryTwin;
}

const libraries = ["react", "react-dom", "scheduler", "vite", "@vitejs/plugin-react", "posthog-js", "@sentry/browser"];

/** The scratch Vite app, built with the addresses of a PostHog and a Sentry of its own, and served. */
export async function browserApp(
  onEnd: OnEnd,
  env: (twins: { key: string; host: string; dsn: string }) => Record<string, string> = usual,
): Promise<BrowserApp> {
  const posthog = await startPosthogTwin();
  onEnd(() => posthog.stop());
  const { twin: sentry, dsn } = await startSentryProject(onEnd);
  const app = await scratchApp(new URL("scratch/operator-ui", import.meta.url), libraries, onEnd);
  await app.run("vite", ["build"], env({ key: posthog.projectKey, host: posthog.url, dsn }));
  const url = await serveFolder(join(app.folder, "dist"), onEnd);
  return { app, url, posthog, sentry };
}

const usual = ({ key, host, dsn }: { key: string; host: string; dsn: string }) => ({
  VITE_POSTHOG_KEY: key,
  VITE_POSTHOG_HOST: host,
  VITE_SENTRY_DSN: dsn,
  VITE_SENTRY_ENVIRONMENT: "production",
});

/** Serves files as Pages does: what is no file is the app's page. */
export async function serveFolder(folder: string, onEnd: OnEnd): Promise<string> {
  const files = new Hono();
  files.use("*", serveStatic({ root: folder }));
  files.get("*", serveStatic({ root: folder, path: "index.html" }));
  const server = serve({ fetch: files.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
  await once(server, "listening");
  onEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address === "string" || !address) throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}
