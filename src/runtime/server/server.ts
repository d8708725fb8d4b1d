import { releaseName } from "../../model/release.ts";
import { type ServerVariables, serverRules } from "../shared/environment.ts";
import { createDrops, droppedInWords } from "../shared/privacy/drops.ts";
import { defaultPosthogHost, defaultSentryEnvironment, defaultTracesSampleRate, nonEmpty } from "../shared/settings.ts";
import { readVariables } from "../shared/variables.ts";
import { type Analytics, createAnalytics } from "./analytics.ts";
import { createErrors, type Errors } from "./errors.ts";
import { createFlags, type Flags } from "./flags.ts";
import { createSink } from "./sink.ts";

/** The environment that `initServer` reads: the backend's variables, and those that the platform sets. */
export interface ServerEnvironment extends ServerVariables {
  /**
   * Release in Sentry and in the health report.
   * @default `backend@` and RENDER_GIT_COMMIT
   */
  readonly SENTRY_RELEASE?: string | undefined;
  /**
   * Commit that Render deployed; set by Render.
   * @default none
   */
  readonly RENDER_GIT_COMMIT?: string | undefined;
  /**
   * "development" and "test": events that the catalog does not allow throw.
   * @default "production"
   */
  readonly NODE_ENV?: string | undefined;
}

export interface ServerOptions {
  /**
   * Throw on events that the catalog does not allow.
   * @default whether NODE_ENV is development or test
   */
  readonly development?: boolean;
  /**
   * Addresses, or their prefixes, whose requests carry trace headers, e.g. BrandVX's own services. None by default: the
   * headers would go to every vendor that the backend calls, with the name of the route.
   * @default none
   */
  readonly traceTargets?: readonly (string | RegExp)[];
  /**
   * Called with a sentence for each thing that does not work, once each.
   * @default the console
   */
  readonly warn?: (message: string) => void;
}

/** The two sinks of one process, and its feature flags. */
export interface Server {
  readonly analytics: Analytics;
  readonly flags: Flags;
  readonly errors: Errors;
  readonly release: string | undefined;
  readonly warn: (message: string) => void;
  droppedProperties(): Record<string, number>;
}

/** @param after the closing of the previous server of this process */
export function createServer(
  givenEnv: ServerEnvironment,
  givenOptions?: ServerOptions,
  after?: Promise<unknown>,
): Server {
  // JavaScript without types may pass neither.
  const env = givenEnv ?? {};
  const options = givenOptions ?? {};
  const warn = (message: string) => {
    try {
      if (options.warn) options.warn(message);
      else console.warn(`[observability] ${message}`);
    } catch {
      // The app's handler of a warning may fail; that must not become an error here.
    }
  };
  const commit = nonEmpty(env.RENDER_GIT_COMMIT);
  const release = nonEmpty(env.SENTRY_RELEASE) ?? (commit && releaseName("server", commit));
  const drops = createDrops((what) => warn(droppedInWords(what)));
  const { REDIS_URL: _ofTheStore, ...ours } = serverRules;
  const { POSTHOG_API_KEY, POSTHOG_HOST, POSTHOG_FLAGS_KEY, ...sentry } = readVariables(env, ours, warn);
  const { SENTRY_DSN, SENTRY_ENVIRONMENT, SENTRY_TRACES_SAMPLE_RATE } = sentry;
  // Without a key nothing is configured, whatever the host is.
  const wrongPosthog = POSTHOG_API_KEY.wrong ?? (POSTHOG_API_KEY.value && POSTHOG_HOST.wrong);
  const key = wrongPosthog ? undefined : POSTHOG_API_KEY.value;
  const host = POSTHOG_HOST.value ?? defaultPosthogHost;
  const analytics = createAnalytics({
    key,
    host,
    wrong: wrongPosthog,
    development: options.development ?? /^(?:development|test)$/.test(env.NODE_ENV ?? ""),
    onDrop: drops.count,
    sink: createSink("Events do not reach PostHog", "Events reach PostHog again", warn),
  });
  const onCalled = (distinctId: string, properties: Record<string, unknown>) =>
    analytics.capture("$feature_flag_called", distinctId, properties);
  return {
    release,
    warn,
    droppedProperties: drops.totals,
    analytics,
    flags: createFlags({
      source: key === undefined ? undefined : { key, host, flagsKey: POSTHOG_FLAGS_KEY.value, onCalled },
      onDrop: drops.count,
      warn,
      sink: createSink(
        "Feature flags have their values for when PostHog is away",
        "Feature flags have PostHog's values again",
        warn,
      ),
      definitions: createSink(
        "Feature flags cannot be evaluated here, and PostHog is asked for each value",
        "Feature flags are evaluated here again",
        warn,
      ),
    }),
    errors: createErrors({
      dsn: SENTRY_DSN.value,
      wrong: SENTRY_DSN.wrong,
      environment: SENTRY_ENVIRONMENT.value ?? (SENTRY_ENVIRONMENT.wrong ? "unknown" : defaultSentryEnvironment),
      release,
      tracesSampleRate: Number(SENTRY_TRACES_SAMPLE_RATE.value ?? defaultTracesSampleRate),
      traceTargets: targetsOf(options.traceTargets, warn),
      after,
      sink: createSink("Errors do not reach Sentry", "Errors reach Sentry again", warn),
    }),
  };
}

/** Sentry matches by inclusion: an empty text, or a part such as "http", would match every vendor's address. */
export function targetsOf(given: unknown, warn: (message: string) => void): (string | RegExp)[] {
  if (given === undefined || given === null) return [];
  const list: unknown[] = Array.isArray(given) ? given : [given];
  const usable = list.filter(
    (target): target is string | RegExp =>
      target instanceof RegExp || (typeof target === "string" && /^(?:https?:\/\/.|\/.)/i.test(target.trim())),
  );
  if (usable.length < list.length) {
    const wrong = list.length - usable.length;
    warn(
      `initServer's traceTargets: ${wrong} of ${list.length} is no address ("https://…"), path or pattern. It is not used.`,
    );
  }
  return usable;
}
