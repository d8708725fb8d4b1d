import { join } from "node:path";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import type { SentryTwin } from "../../../src/local/twins/sentry/index.ts";
import { startSentryProject } from "../../support/sentry-project.ts";
import { serveFolder } from "../../support/serve-folder.ts";
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
