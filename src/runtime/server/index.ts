import type { EventNameFrom, EventProperties } from "../shared/catalog.ts";
import type { SinkCounts, SinkDetail } from "../shared/counts.ts";
import { numberOption, type OptionFinding, sentence } from "../shared/options.ts";
import type { Circumstances, SpanAttributes } from "./errors.ts";
import { numberRules } from "./options.ts";
import { createServer, type Server, type ServerEnvironment, type ServerOptions } from "./server.ts";

export type { EventName, EventNameFrom, EventProperties } from "../shared/catalog.ts";
export { EventNotAllowedError } from "../shared/check.ts";
export type { SinkCounts, SinkDetail, SinkStatus } from "../shared/counts.ts";
export type { ServerVariables } from "../shared/environment.ts";
export type { Circumstances, SpanAttributes } from "./errors.ts";
export type { ServerEnvironment, ServerOptions } from "./server.ts";

let server: Server | undefined;

/** The process's sinks; opened with `process.env` by the first call, if `initServer` was not called before. */
function current(): Server {
  server ??= createServer(process.env);
  return server;
}

/**
 * Opens PostHog and Sentry for this process, each only if its variable is set. Call it as early as possible, and await
 * it before the service listens: requests that come before Sentry is loaded have no trace. Throws nothing.
 *
 * @example await initServer(process.env, { traceTargets: ["https://worker.brandvx.example"] });
 */
export async function initServer(env: ServerEnvironment = process.env, options: ServerOptions = {}): Promise<void> {
  server = createServer(env, options);
  await server.errors.ready();
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
  const { errors } = current();
  const reported = (error: unknown): never => {
    errors.capture(error, circumstances);
    throw error;
  };
  return errors.isolated(circumstances, () => {
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
  return server?.droppedProperties() ?? {};
}

/** What happened to all events and errors of this process, by sink, since it started. */
export interface ShutdownReport {
  readonly posthog: SinkCounts;
  readonly sentry: SinkCounts;
}

const nothing: SinkCounts = { sent: 0, dropped: 0, refused: 0 };

/**
 * Sends pending events and errors, for at most `deadlineMs`, and ends. The rest counts as dropped, and later calls do
 * nothing. Throws nothing.
 *
 * @param deadlineMs 0 to 60,000, 2,000 by default; an invalid number is reported, in development too, and replaced
 * @example process.once("SIGTERM", () => void shutdown(2000).then(() => process.exit(0)));
 */
export async function shutdown(deadlineMs?: number): Promise<ShutdownReport> {
  if (!server) return { posthog: nothing, sentry: nothing };
  const findings: OptionFinding[] = [];
  const ms = numberOption("shutdown.deadlineMs", deadlineMs, numberRules["shutdown.deadlineMs"], findings);
  for (const finding of findings) server.warn(sentence(finding));
  const [posthog, sentry] = await Promise.all([server.analytics.close(ms), server.errors.close(ms)]);
  for (const [name, { dropped, refused }] of Object.entries({ PostHog: posthog, Sentry: sentry })) {
    if (dropped + refused > 0) server.warn(`${name} did not get all: ${dropped} dropped, ${refused} refused.`);
  }
  return { posthog, sentry };
}

/**
 * Status and counts of the sinks, without a request to the vendors; for the health report.
 *
 * @example const { posthog, sentry } = sinkStatus();
 */
export function sinkStatus(): { posthog: SinkDetail; sentry: SinkDetail; release: string | undefined } {
  const { analytics, errors, release } = current();
  return { posthog: analytics.detail(), sentry: errors.detail(), release };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
