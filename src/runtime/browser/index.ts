import type { EventNameFrom, EventProperties } from "../shared/catalog.ts";
import type { FlagValue } from "../shared/flag-facts.ts";
import { type FlagKey, type FlagValueOf, flagFacts } from "../shared/flags.ts";
import type { PersonProperties } from "../shared/people.ts";
import { type AnalyticsOptions, type BrowserEnvironment, createBrowserAnalytics } from "./analytics.ts";
import type { FlagListener, Losses } from "./calls.ts";

export type { EventName, EventNameFrom, EventProperties } from "../shared/catalog.ts";
export { type EventFinding, EventNotAllowedError } from "../shared/check.ts";
export type { BrowserVariables } from "../shared/environment.ts";
export type { FlagValue } from "../shared/flag-facts.ts";
export type { FlagKey, FlagValueOf } from "../shared/flags.ts";
export type { PersonProperties } from "../shared/people.ts";
export type { AnalyticsOptions, BrowserEnvironment } from "./analytics.ts";
export type { Losses } from "./calls.ts";

const page = /* @__PURE__ */ createBrowserAnalytics();

/**
 * Starts analytics: loads PostHog and Sentry when the page is idle, each only if its variable is set. Earlier calls are then
 * sent in order. Call it once per page: `initAnalytics(import.meta.env)`.
 *
 * @example
 * initAnalytics(
 *   { VITE_POSTHOG_KEY: "phc_…", VITE_POSTHOG_HOST: "https://us.i.posthog.com" },
 *   { consent: "required" },
 * );
 */
export function initAnalytics(env: BrowserEnvironment, options: AnalyticsOptions = {}): void {
  page.init(env, options);
}

/** Arguments after the event's name: none needed where the event has no required property. */
export type PropertiesOf<Name extends EventNameFrom<"browser">> =
  Record<string, never> extends EventProperties<Name>
    ? [properties?: EventProperties<Name>]
    : [properties: EventProperties<Name>];

/**
 * Sends an event to PostHog.
 * @throws EventNotAllowedError in development, for an event that the catalog does not allow; never in production
 * @example track("ask.prompt_submitted", { onboard: false, length: 42, mode: "chat" });
 */
export function track<Name extends EventNameFrom<"browser">>(event: Name, ...[properties]: PropertiesOf<Name>): void {
  page.event(event, (properties ?? {}) as Record<string, unknown>);
}

/**
 * The older name of {@link track}.
 *
 * @example trackEvent("onboarding.stepper_open");
 */
export const trackEvent: typeof track = track;

/** Only the catalog's person properties, so not `user_metadata`, whose fields are arbitrary. */
export type ExactProperties<Given> = string extends keyof Given
  ? never
  : { readonly [Name in keyof Given]: Name extends keyof PersonProperties ? PersonProperties[Name] : never };

/**
 * Tells who uses the page, once the session is known. An address or a number is replaced by a pseudonym.
 * @param person what may be known of them (src/catalog/people.ts); all else is dropped and counted. `tenant_id` marks
 *   errors as well
 * @example identify("user_7", { tenant_id: "tenant_42", plan: "pro", role: "owner" });
 */
export function identify<Person extends PersonProperties>(
  userId: string,
  person?: Person & ExactProperties<Person>,
): void {
  if (!userId) return;
  page.call({ kind: "identify", userId: String(userId), person: { ...person } });
  const tenantId: unknown = person?.tenant_id;
  if (typeof tenantId === "string") setTenant(tenantId);
}

/**
 * Adds the tenant to errors.
 *
 * @example setTenant("tenant_42");
 */
export function setTenant(tenantId: string): void {
  page.call({ kind: "tenant", tenantId: String(tenantId) });
}

/**
 * Overrides a feature flag's value in this browser, for tests and support; undefined removes the override.
 *
 * @example setFeatureFlag("onboarding-length", "short");
 */
export function setFeatureFlag<Key extends FlagKey>(key: Key, value: FlagValueOf<Key> | undefined): void {
  page.call({ kind: "flag", key, value });
}

/**
 * A feature flag's value as it is known: the override of `setFeatureFlag`, else PostHog's; undefined while it is not known.
 * `flag` has a value then, too.
 *
 * @example const isKnown = getFeatureFlag("ask-streaming") !== undefined;
 */
export function getFeatureFlag(key: FlagKey): FlagValue | undefined {
  return page.flag(key);
}

/**
 * A feature flag's value: the override of `setFeatureFlag`, else PostHog's (with `featureFlags: true`), else the catalog's
 * `whenAway`: before the flags are loaded, while PostHog is away, and for a value that the catalog does not have.
 *
 * @example const steps = flag("onboarding-length") === "short" ? 3 : 7;
 */
export function flag<Key extends FlagKey>(key: Key): FlagValueOf<Key> {
  // JavaScript without types may ask for any flag.
  const { values, whenAway } = flagFacts[key] ?? { values: [], whenAway: false };
  const known = page.flag(key);
  return (known !== undefined && values.includes(known) ? known : whenAway) as FlagValueOf<Key>;
}

/**
 * Tells when PostHog's flags are there (with `featureFlags: true`), and whenever they change, e.g. by `identify` or an
 * override: then ask `flag` again.
 * @returns takes it back
 *
 * @example
 * const stop = onFlags(() => console.log(flag("ask-streaming")));
 * stop();
 */
export function onFlags(listener: () => void): () => void {
  const told: FlagListener = { call: listener };
  page.call({ kind: "flag listener", listener: told });
  return () => {
    told.stopped = true;
  };
}

/**
 * Sends `$pageview`; the router calls it with each new path. Query and fragment are removed.
 *
 * @example trackPageview(window.location.pathname);
 */
export function trackPageview(path: string): void {
  const bare = `/${path.replace(/^\/+|[?#].*$/gs, "")}`;
  page.event("$pageview", { path: bare, $current_url: globalThis.location?.origin + bare });
}

/**
 * Sends an error to Sentry, e.g. from an error boundary.
 *
 * @example window.addEventListener("vite:preloadError", (event) => captureError(event));
 */
export function captureError(error: unknown): void {
  page.call({ kind: "error", error });
}

/**
 * Forgets the user; call it on log-out.
 *
 * @example reset();
 */
export function reset(): void {
  page.call({ kind: "reset" });
}

/**
 * The user consented: sends queued calls and all later ones.
 *
 * @example grantConsent();
 */
export function grantConsent(): void {
  page.consent(true);
}

/**
 * The user refused or withdrew consent: discards queued calls and removes data stored in the browser.
 *
 * @example withdrawConsent();
 */
export function withdrawConsent(): void {
  page.consent(false);
}

/**
 * How often each property was dropped because the catalog does not allow it.
 *
 * @example console.table(droppedProperties()); // { "client_error.stack": 2 }
 */
export function droppedProperties(): Record<string, number> {
  return page.droppedProperties();
}

/**
 * Exact counts of the events and errors that did not reach PostHog and Sentry; the console has one line for each kind. Requests
 * that are pending when the page is closed are not counted, nor are calls of a visit that ends before the libraries are loaded.
 *
 * @example const { dropped, refused } = losses().posthog;
 */
export function losses(): { posthog: Losses; sentry: Losses } {
  return page.losses();
}
