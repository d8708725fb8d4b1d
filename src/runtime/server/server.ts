import type { ServerVariables } from "../shared/environment.ts";
import { createDrops } from "../shared/privacy/drops.ts";
import {
  defaultPosthogHost,
  defaultSentryEnvironment,
  defaultTracesSampleRate,
  given,
  projectKey,
  shareOf,
} from "../shared/settings.ts";
import { type Analytics, createAnalytics } from "./analytics.ts";
import { createErrors, type Errors } from "./errors.ts";

/** What `initServer` reads of the environment: the backend's variables, and what the platform sets. */
export interface ServerEnvironment extends ServerVariables {
  /** Release in Sentry and in the health report; RENDER_GIT_COMMIT by default. */
  readonly SENTRY_RELEASE?: string | undefined;
  /** Commit that Render deployed; set by Render. */
  readonly RENDER_GIT_COMMIT?: string | undefined;
  /** "development" and "test": events that the catalog does not allow throw. */
  readonly NODE_ENV?: string | undefined;
}

export interface ServerOptions {
  /** Throw on events that the catalog does not allow; by default in NODE_ENV development and test. */
  readonly development?: boolean;
  /** Told what does not work, once each. Warns on the console by default. */
  readonly warn?: (message: string) => void;
}

/** The two sinks of one process. */
export interface Server {
  readonly analytics: Analytics;
  readonly errors: Errors;
  readonly release: string | undefined;
  droppedProperties(): Record<string, number>;
}

export function createServer(env: ServerEnvironment, options: ServerOptions = {}): Server {
  const warn = (message: string) => {
    try {
      if (options.warn) options.warn(message);
      else console.warn(`[observability] ${message}`);
    } catch {
      // What an app does with a warning is its own; it must not become an error here.
    }
  };
  const release = given(env.SENTRY_RELEASE) ?? given(env.RENDER_GIT_COMMIT);
  const drops = createDrops((what) => warn(`${what} is not in the catalog as it was sent, and was dropped.`));
  return {
    release,
    droppedProperties: drops.totals,
    analytics: createAnalytics({
      key: projectKey("POSTHOG_API_KEY", env.POSTHOG_API_KEY, warn),
      host: given(env.POSTHOG_HOST) ?? defaultPosthogHost,
      development: options.development ?? /^(?:development|test)$/.test(env.NODE_ENV ?? ""),
      onDrop: drops.count,
      warn,
    }),
    errors: createErrors({
      dsn: given(env.SENTRY_DSN),
      environment: given(env.SENTRY_ENVIRONMENT) ?? defaultSentryEnvironment,
      release,
      tracesSampleRate: shareOf(env.SENTRY_TRACES_SAMPLE_RATE, defaultTracesSampleRate),
      warn,
    }),
  };
}
