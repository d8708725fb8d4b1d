import type { EventNameFrom, EventProperties } from "../shared/catalog.ts";
import type { SinkCounts, SinkDetail } from "../shared/counts.ts";
import type { FlagKey, FlagValueOf } from "../shared/flags.ts";
import { numberOption, type OptionFinding, sentence } from "../shared/options.ts";
import type { Circumstances, SpanAttributes } from "./errors.ts";
import type { FlagCounts, FlagOptions, FlagPerson } from "./flags.ts";
import { numberRules } from "./options.ts";
import { createServer, type Server, type ServerEnvironment, type ServerOptions } from "./server.ts";

export type { EventName, EventNameFrom, EventProperties } from "../shared/catalog.ts";
export { EventNotAllowedError } from "../shared/check.ts";
export type { SinkCounts, SinkDetail, SinkStatus } from "../shared/counts.ts";
export type { ServerVariables } from "../shared/environment.ts";
export type { FlagKey, FlagValueOf } from "../shared/flags.ts";
export type { Circumstances, SpanAttributes } from "./errors.ts";
export type { FlagCounts, FlagOptions, FlagPerson } from "./flags.ts";
export type { ServerEnvironment, ServerOptions } from "./server.ts";

let server: Server | undefined;
/** Those that `initServer` replaced: their counts are the process's, too. */
const formers: Server[] = [];
/** Milliseconds in which a replaced server sends what waits in it. */
const replacedMs = 5_000;

/** The process's sinks; opened with `process.env` by the first call, if `initServer` was not called before. */
function current(): Server {
  server ??= createServer(process.env);
  return server;
}

/**
 * Opens PostHog and Sentry for this process, each only if its variable is set. Call it as early as possible, and await
 * it before the service listens: requests that come before Sentry is loaded have no trace, and feature flags are evaluated
 * here once their definitions are read, for which it waits a second at most. Throws nothing.
 *
 * Called again, or after another call opened them, it opens them anew, after sending what waits in the previous ones,
 * for at most 5 s. All counts go on.
 *
 * @example await initServer(process.env, { traceTargets: ["https://worker.brandvx.example"] });
 */
export async function initServer(env: ServerEnvironment = process.env, options: ServerOptions = {}): Promise<void> {
  const former = server;
  const closing = former && Promise.all([closeAnalytics(former, replacedMs), former.errors.close(replacedMs)]);
  if (former) formers.push(former);
  const present = createServer(env, options, closing);
  server = present;
  await closing?.catch(() => {});
  await Promise.all([present.errors.ready(), present.flags.ready()]);
}

/** Feature flags first: what they report are events. */
async function closeAnalytics({ flags, analytics }: Server, deadlineMs: number): Promise<SinkCounts> {
  const begun = performance.now();
  await flags.close(deadlineMs);
  return analytics.close(Math.max(0, deadlineMs - (performance.now() - begun)));
}

/** Arguments after the event's name and the person: none needed where the event has no required property. */
type PropertiesOf<Name extends EventNameFrom<"server">> =
  Record<string, never> extends EventProperties<Name>
    ? [properties?: EventProperties<Name>]
    : [properties: EventProperties<Name>];

/**
 * Sends an event to PostHog. Returns at once and throws nothing: without a key, while PostHog is away, after `shutdown`.
 * An event that the catalog does not have, or without an id, is dropped and counted.
 *
 * @param distinctId whom it belongs to: the tenant's id. An address or a number is replaced by a pseudonym.
 * @throws EventNotAllowedError in development, for an event that the catalog does not allow
 * @example phCapture("cadence.message_queued", "tenant_42", { channel: "sms", template_id: "", contact_id: "c_1" });
 */
export function phCapture<Name extends EventNameFrom<"server">>(
  event: Name,
  distinctId: string,
  ...[properties]: PropertiesOf<Name>
): void {
  current().analytics.capture(event, distinctId, (properties ?? {}) as Record<string, unknown>);
}

/**
 * A feature flag's value for somebody: PostHog's, within a deadline, else the catalog's `whenAway`, which is then said once
 * and counted. With POSTHOG_FLAGS_KEY it is evaluated in this process as far as the person's properties are given; without
 * it PostHog is asked. Throws nothing.
 *
 * @example
 * const isStreaming = await flag("ask-streaming", { distinctId: "user_7", tenantId: "tenant_42", properties: { plan: "pro" } });
 */
export async function flag<Key extends FlagKey>(
  key: Key,
  person: FlagPerson,
  options?: FlagOptions,
): Promise<FlagValueOf<Key>> {
  return (await current().flags.value(key, person, options)) as FlagValueOf<Key>;
}

/**
 * Sends an error to Sentry, with the tool and the tenant as tags. Throws nothing.
 *
 * @example captureError(new Error("no slot"), { tool: "calendar.find_slot", tenantId: "tenant_42" });
 */
export function captureError(error: unknown, circumstances: Circumstances = {}): void {
  current().errors.capture(error, circumstances);
}

/**
 * Leaves a breadcrumb: what happened before an error, shown with it. Throws nothing.
 *
 * @example addBreadcrumb("asked the calendar", { data: { attempt: 2 } });
 */
export function addBreadcrumb(message: string, circumstances: Circumstances = {}): void {
  current().errors.breadcrumb(message, circumstances);
}

/**
 * Runs a tool or a handler with its own breadcrumbs, tool and tenant, which apply only to reports from within. What it
 * throws, at once or as a promise, is sent to Sentry and rethrown.
 *
 * @example const slots = await withBreadcrumbs({ tool: "calendar.find_slot" }, async () => ["10:00"]);
 */
export function withBreadcrumbs<Result>(circumstances: Circumstances, run: () => Result): Result {
  const reported = (error: unknown): never => {
    current().errors.capture(error, circumstances);
    throw error;
  };
  return current().errors.isolated(circumstances, () => {
    try {
      const result = run();
      return isPromise(result) ? (result.then(undefined, reported) as Result) : result;
    } catch (error) {
      return reported(error);
    }
  });
}

/**
 * Runs `run` in a span of Sentry's tracing, and returns its result.
 *
 * @example const answer = await withSpan("ask.answer", { "sentry.op": "ai.chat" }, async () => "yes");
 */
export function withSpan<Result>(name: string, attributes: SpanAttributes, run: () => Result): Result {
  return current().errors.span(name, attributes, run);
}

/**
 * How often each property, or event, was dropped because the catalog does not allow it.
 *
 * @example console.log(droppedProperties()); // { "cadence.message_sent.body": 2 }
 */
export function droppedProperties(): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const one of opened()) {
    for (const [what, count] of Object.entries(one.droppedProperties())) totals[what] = (totals[what] ?? 0) + count;
  }
  return totals;
}

/** What happened to all events and errors of this process, by sink, since it started. */
export interface ShutdownReport {
  readonly posthog: SinkCounts;
  readonly sentry: SinkCounts;
}

function opened(): Server[] {
  return server ? [...formers, server] : [];
}

function sumOf(all: readonly SinkCounts[]): SinkCounts {
  const sum = (name: keyof SinkCounts) => all.reduce((total, counts) => total + counts[name], 0);
  return { sent: sum("sent"), dropped: sum("dropped"), refused: sum("refused") };
}

/**
 * Sends pending events and errors, for at most `deadlineMs`, and ends. The rest counts as dropped, and later calls do
 * nothing. Throws nothing.
 *
 * @param deadlineMs 0 to 60,000, 2,000 by default; an invalid number is reported, in development too, and replaced
 * @example process.once("SIGTERM", () => void shutdown(2000).then(() => process.exit(0)));
 */
export async function shutdown(deadlineMs?: number): Promise<ShutdownReport> {
  if (!server) return { posthog: sumOf([]), sentry: sumOf([]) };
  const { warn } = server;
  const findings: OptionFinding[] = [];
  const ms = numberOption("shutdown.deadlineMs", deadlineMs, numberRules["shutdown.deadlineMs"], findings);
  for (const finding of findings) warn(sentence(finding));
  const all = opened();
  const [posthog, sentry] = await Promise.all([
    Promise.all(all.map((one) => closeAnalytics(one, ms))).then(sumOf),
    Promise.all(all.map(({ errors }) => errors.close(ms))).then(sumOf),
  ]);
  for (const [name, { dropped, refused }] of Object.entries({ PostHog: posthog, Sentry: sentry })) {
    if (dropped + refused > 0) warn(`${name} did not get all: ${dropped} dropped, ${refused} refused.`);
  }
  return { posthog, sentry };
}

/**
 * Status and counts of the sinks and of feature flags, without a request to the vendors; for the health report.
 *
 * @example const { posthog, sentry } = sinkStatus();
 */
export function sinkStatus(): {
  posthog: SinkDetail;
  sentry: SinkDetail;
  flags: FlagCounts;
  release: string | undefined;
} {
  const { analytics, errors, release } = current();
  const flags = opened().map((one) => one.flags.counts());
  return {
    flags: {
      answered: flags.reduce((total, { answered }) => total + answered, 0),
      whenAway: flags.reduce((total, { whenAway }) => total + whenAway, 0),
    },
    posthog: withFormers(
      analytics.detail(),
      formers.map((former) => former.analytics.detail()),
    ),
    sentry: withFormers(
      errors.detail(),
      formers.map((former) => former.errors.detail()),
    ),
    release,
  };
}

/** The present sink's status, and the counts of all. */
function withFormers(present: SinkDetail, earlier: readonly SinkDetail[]): SinkDetail {
  const all = [present, ...earlier];
  return { ...present, waiting: all.reduce((total, { waiting }) => total + waiting, 0), ...sumOf(all) };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
