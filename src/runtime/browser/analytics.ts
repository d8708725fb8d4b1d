import { EventNotAllowedError, eventFindings } from "../shared/check.ts";
import type { BrowserVariables } from "../shared/environment.ts";
import { createDrops } from "../shared/privacy/drops.ts";
import { defaultPosthogHost, defaultSentryEnvironment, given, projectKey } from "../shared/settings.ts";
import type { Call, FlagValue } from "./calls.ts";
import { listenToFaults } from "./faults.ts";
import { whenIdle } from "./idle.ts";
import { createLane } from "./lane.ts";

/** What `initAnalytics` reads: `import.meta.env` of a Vite app has it. */
export interface BrowserEnvironment extends BrowserVariables {
  /** Vite's: true under `vite dev`. Events that the catalog does not allow then throw. */
  readonly DEV?: boolean;
}

export interface AnalyticsOptions {
  /**
   * "not needed" (the default): loads when the page is idle. "required": nothing is loaded, stored or sent before
   * `grantConsent()`; what is called until then waits in memory.
   */
  readonly consent?: "not needed" | "required";
  /** Nothing is ever loaded for who has Do Not Track or Global Privacy Control on. false by default. */
  readonly respectDoNotTrack?: boolean;
  /** Release in Sentry, e.g. the commit. */
  readonly release?: string;
  /** Whether PostHog's own flags are asked for; one request a page. false by default: `setFeatureFlag` works without. */
  readonly featureFlags?: boolean;
  /** "count" events of automated browsers too, for tests. By default PostHog drops them. */
  readonly automatedBrowsers?: "ignore" | "count";
}

export interface BrowserAnalytics {
  init(env: BrowserEnvironment, options: AnalyticsOptions): void;
  event(event: string, properties: Readonly<Record<string, unknown>>): void;
  call(call: Call): void;
  flag(key: string): FlagValue | undefined;
  setFlag(key: string, value: FlagValue | undefined): void;
  consent(granted: boolean): void;
  droppedProperties(): Record<string, number>;
}

/** Analytics of one page. Throws nothing, but for events that the catalog does not allow, in development. */
export function createBrowserAnalytics(): BrowserAnalytics {
  const posthog = createLane();
  const sentry = createLane();
  const flags = new Map<string, FlagValue>();
  const warn = (message: string) => console.warn(`[observability] ${message}`);
  const drops = createDrops((what) => warn(`${what} is not in the catalog as it was sent, and was dropped.`));
  let state: "new" | "waiting" | "open" | "closed" = "new";
  let development = false;
  let refused = false;
  let load = () => {};
  const early: EventNotAllowedError[] = [];

  function call(made: Call): void {
    if (state === "closed") return;
    posthog.handle(made);
    sentry.handle(made);
  }

  function event(name: string, properties: Readonly<Record<string, unknown>>): void {
    // Before `init` it is not known whether to throw; `init` does it then.
    const findings = development || state === "new" ? eventFindings(name, properties) : [];
    const error = findings.length > 0 ? new EventNotAllowedError(findings) : undefined;
    if (error && state === "new" && early.length < 10) early.push(error);
    if (error && development) throw error;
    call({ kind: "event", event: name, properties: { ...properties }, at: Date.now(), address: location.href });
  }

  /** Consent may be withdrawn while a chunk is on its way: then nothing of it runs. */
  async function stillWanted<Chunk>(chunk: Promise<Chunk>): Promise<Chunk> {
    const loaded = await chunk;
    if (state !== "open") throw new Error("consent was withdrawn");
    return loaded;
  }

  function open(): void {
    state = "open";
    whenIdle(() => {
      if (state === "open") load();
    });
  }

  return {
    call,
    event,
    flag: (key) => flags.get(key) ?? posthog.sink?.flag?.(key),
    setFlag(key, value) {
      if (value === undefined) flags.delete(key);
      else flags.set(key, value);
      call({ kind: "flag", key, value });
    },
    droppedProperties: drops.totals,

    init(env, options) {
      if (state !== "new") return;
      development = env.DEV === true;
      refused = options.respectDoNotTrack === true && asksNotToBeTracked();
      const key = projectKey("VITE_POSTHOG_KEY", env.VITE_POSTHOG_KEY, warn);
      const dsn = given(env.VITE_SENTRY_DSN);
      load = () => {
        posthog.open(
          key === undefined
            ? undefined
            : async () =>
                (await stillWanted(import("./posthog.ts"))).openPosthog({
                  key,
                  host: given(env.VITE_POSTHOG_HOST) ?? defaultPosthogHost,
                  featureFlags: options.featureFlags === true,
                  automatedBrowsers: options.automatedBrowsers === "count",
                  onDrop: drops.count,
                }),
        );
        sentry.open(
          dsn === undefined
            ? undefined
            : async () =>
                (await stillWanted(import("./sentry.ts"))).openSentry({
                  dsn,
                  environment: given(env.VITE_SENTRY_ENVIRONMENT) ?? defaultSentryEnvironment,
                  release: options.release,
                }),
        );
      };
      listenToFaults({
        failed(fault, error) {
          event("client_error", { ...fault, level: "error" });
          // Sentry has handlers of its own once it is there.
          if (!sentry.sink) sentry.handle({ kind: "error", error });
        },
        rejected(message, reason) {
          event("client_unhandled_rejection", { message });
          if (!sentry.sink) sentry.handle({ kind: "error", error: reason });
        },
        printed(level, message) {
          event("client_error", { message, level });
          if (!sentry.sink) sentry.handle({ kind: "console", level, message, at: Date.now() });
        },
      });
      if (refused) {
        state = "closed";
        posthog.forget();
        sentry.forget();
      } else if (options.consent === "required") state = "waiting";
      else open();
      if (development && early[0]) throw early[0];
    },

    consent(granted) {
      if (refused || state === "new") return;
      if (granted) {
        if (state === "open") return;
        open();
        // Who is loaded was told to stop before; who is not has nothing to take back.
        for (const lane of [posthog, sentry]) if (lane.sink) lane.handle({ kind: "consent", granted });
        return;
      }
      call({ kind: "consent", granted });
      posthog.forget();
      sentry.forget();
      state = "closed";
    },
  };
}

function asksNotToBeTracked(): boolean {
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return doNotTrack === "1" || globalPrivacyControl === true;
}
