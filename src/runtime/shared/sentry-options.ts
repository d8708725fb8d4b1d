import { redactEnvelope, redactTrace } from "./privacy/envelope.ts";
import { redactBreadcrumb, redactSentryEvent, redactSpan } from "./privacy/sentry.ts";

/**
 * Disables what Sentry's SDK would collect by itself, on both sides. By default version 11 collects all of it: request
 * bodies with passwords in plain text, visitors' addresses, cookies, database values.
 */
export const dataCollection = {
  userInfo: false,
  cookies: false,
  httpHeaders: false,
  httpBodies: [],
  urlQueryParams: false,
  stackFrameVariables: false,
  databaseQueryData: false,
  graphQL: { document: false, variables: false },
  genAI: { inputs: false, outputs: false },
  mcp: { inputs: false, outputs: false },
  queues: false,
};

/** The part of Sentry's client that emits events. */
interface SentryClient {
  on(hook: "beforeEnvelope", callback: (envelope: unknown) => void): unknown;
  on(hook: "createDsc", callback: (trace: unknown) => void): unknown;
}

/** Redacts what the hooks below do not get: names of traces (also in headers to servers), logs, metrics, sessions. */
export function redactEnvelopesOf(client: SentryClient | undefined): void {
  client?.on("createDsc", redactTrace);
  client?.on("beforeEnvelope", redactEnvelope);
}

/** The hooks through which everything is sent, on both sides. If a hook throws, the item is not sent. */
export const sentryHooks = {
  beforeSend: <Event extends object>(event: Event): Event => redactSentryEvent(event),
  beforeBreadcrumb: <Breadcrumb extends object>(breadcrumb: Breadcrumb): Breadcrumb | null =>
    redactBreadcrumb(breadcrumb),
  beforeSendSpan: <Span extends object>(span: Span): Span => redactSpan(span),
};
