import { EventNotAllowedError, eventFindings } from "../shared/check.ts";
import type { BrowserVariables } from "../shared/environment.ts";
import type { FlagValue } from "../shared/flag-facts.ts";
import { withNearestNames } from "../shared/nearest-names.ts";
import type { Call, Losses } from "./calls.ts";
import { type FaultListener, listenToFaults, noise } from "./faults.ts";
import { createLane, type Lane } from "./lane.ts";

/** Input of `initAnalytics`: `import.meta.env` of a Vite app fits. */
export interface BrowserEnvironment extends BrowserVariables {
  /**
   * Vite's: true under `vite dev`. Events that the catalog does not allow then throw.
   * @default false
   */
  readonly DEV?: boolean;
}

export interface AnalyticsOptions {
  /**
   * "not needed": loads when the page is idle. "required": nothing is loaded, stored or sent before
   * `grantConsent()`; what is called until then waits in memory.
   * @default "not needed"
   */
  readonly consent?: "not needed" | "required";
  /**
   * Loads nothing for visitors with Do Not Track or Global Privacy Control.
   * @default false
   */
  readonly respectDoNotTrack?: boolean;
  /**
   * Release in Sentry.
   * @default the build's release, set by `observability()` of `@brandvx/observability/vite`
   */
  readonly release?: string;
  /**
   * Addresses, or their prefixes, whose requests get trace headers, e.g.
   * `["https://api.brandvx.io/"]`.
   * @default the page's own origin alone
   */
  readonly traceTargets?: readonly (string | RegExp)[];
  /**
   * Whether to load PostHog's feature flags, with one request per page. `setFeatureFlag` works without.
   * @default false
   */
  readonly featureFlags?: boolean;
  /**
   * "count" events of automated browsers too, for tests.
   * @default PostHog drops them
   */
  readonly automatedBrowsers?: "ignore" | "count";
}

export interface BrowserAnalytics {
  init(env: BrowserEnvironment, options: AnalyticsOptions): void;
  event(event: string, properties: Readonly<Record<string, unknown>>): void;
  call(call: Call): void;
  flag(key: string): FlagValue | undefined;
  consent(granted: boolean): void;
  droppedProperties(): Record<string, number>;
  losses(): { posthog: Losses; sentry: Losses };
}

/**
 * Analytics of one page; the part in the app's first chunk. It throws only in development, for events that the catalog does
 * not allow. Without a page (rendering on a server) it does nothing.
 */
export function createBrowserAnalytics(): BrowserAnalytics {
  const told = (sink: string) => (why: string) =>
    console.warn(`[observability] ${sink} lost some: ${why}. See losses().`);
  const posthog = createLane("event", /identify|flag|reset|consent/, told("PostHog"));
  const sentry = createLane("error", /console|identify|tenant|reset|consent/, told("Sentry"));
  const lanes = [posthog, sentry];
  const flags = new Map<string, FlagValue | undefined>();
  const isPage = () => typeof document !== "undefined";
  let state: "new" | "waiting" | "open" | "closed" = "new";
  let development = false;
  let refused = false;
  let load = () => {};
  let early: EventNotAllowedError | undefined;
  /** Number of errors beyond their budget. */
  let unsaid = 0;

  function call(made: Call): void {
    if (!isPage()) return;
    if (made.kind === "flag") flags.set(made.key, made.value);
    if (state !== "closed") for (const lane of lanes) lane.handle(made);
  }

  function event(name: string, properties: Readonly<Record<string, unknown>>): void {
    if (!isPage()) return;
    // Before `init` the mode is not known; `init` then throws for these.
    if (development || state === "new") {
      const findings = eventFindings(name, properties);
      if (findings.length > 0) {
        // Vite's builds for production have neither the suggestion nor its code.
        const isDevelopmentBuild = (import.meta as { env?: { DEV?: boolean } }).env?.DEV;
        const error = new EventNotAllowedError(isDevelopmentBuild ? withNearestNames(findings) : findings);
        if (development) throw error;
        early ??= error;
      }
    }
    call({ kind: "event", event: name, properties: { ...properties }, at: Date.now(), address: location.href });
  }

  /** An error that the page reported: sent to PostHog within its budget, and to Sentry until its SDK listens itself. */
  const onFault: FaultListener = (event, said, properties, isWithinBudget, forSentry) => {
    if (state === "closed") return;
    if (!sentry.sink) sentry.handle(forSentry);
    if (isWithinBudget) call({ kind: "event", event, properties, said, at: Date.now(), address: location.href });
    else unsaid += 1;
  };

  function lossesOf(lane: Lane, own = 0): Losses {
    const { dropped = 0, refused = 0 } = lane.sink?.losses?.() ?? {};
    return { dropped: lane.dropped + dropped + own, refused };
  }

  function open(): void {
    state = "open";
    whenIdle(load);
  }

  function close(): void {
    state = "closed";
    for (const lane of lanes) lane.forget();
  }

  /** Consent may be withdrawn while a chunk is loading: then none of it runs. */
  async function stillWanted<Open>(chunk: Promise<{ open: Open }>): Promise<Awaited<Open>> {
    const wanted = await (await chunk).open;
    if (state !== "open") throw new Error();
    return wanted;
  }

  return {
    call,
    event,
    flag: (key) => flags.get(key) ?? posthog.sink?.flag?.(key),
    droppedProperties: () => posthog.sink?.drops?.() ?? {},
    losses: () => ({ posthog: lossesOf(posthog, unsaid), sentry: lossesOf(sentry) }),

    init(env, options) {
      if (state !== "new" || !isPage()) return;
      development = env.DEV === true;
      load = () => {
        if (state !== "open") return;
        // Values are validated together with loading the library, since the rules are not in the app's first chunk.
        posthog.open(
          env.VITE_POSTHOG_KEY?.trim() && (async () => (await stillWanted(import("./posthog.ts")))(env, options)),
        );
        sentry.open(
          env.VITE_SENTRY_DSN?.trim() && (async () => (await stillWanted(import("./sentry.ts")))(env, options, noise)),
        );
      };
      listenToFaults(onFault);
      refused = options.respectDoNotTrack === true && asksNotToBeTracked();
      if (refused) close();
      else if (options.consent === "required") state = "waiting";
      else open();
      if (development && early) throw early;
    },

    consent(granted) {
      if (refused || state === "new" || (granted && state === "open")) return;
      if (granted) open();
      // A library that is not loaded yet has nothing to stop or resume.
      for (const lane of lanes) if (lane.sink) lane.handle({ kind: "consent", granted });
      if (!granted) close();
    },
  };
}

function asksNotToBeTracked(): boolean {
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return doNotTrack === "1" || globalPrivacyControl === true;
}

/** Maximum wait for a busy page, in milliseconds. */
const patienceMs = 5_000;
/** Delay in milliseconds after loading, for browsers without requestIdleCallback (Safari). */
const fallbackMs = 200;

/**
 * Calls back when the page is idle or is hidden, since a visitor who leaves the tab may not come back. May call more than
 * once.
 */
function whenIdle(callback: () => void): void {
  addEventListener("visibilitychange", callback, { once: true });
  if (typeof requestIdleCallback === "function") return void requestIdleCallback(callback, { timeout: patienceMs });
  const later = () => setTimeout(callback, fallbackMs);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}
