import { redactEnvelope, redactTrace } from "./privacy/envelope.ts";
import { redactBreadcrumb, redactSentryEvent, redactSpan } from "./privacy/sentry.ts";

/**
 * What Sentry's SDK must not collect by itself, on both sides. Version 11 collects all of it unless told otherwise:
 * request bodies with passwords in clear, addresses of visitors, cookies, database values.
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

/** As much of Sentry's client as has events of its own. */
interface SentryClient {
  on(hook: "beforeEnvelope", callback: (envelope: unknown) => void): unknown;
  on(hook: "createDsc", callback: (trace: unknown) => void): unknown;
}

/** Redacts what none of the hooks below sees: names of traces, in headers to servers too, logs, metrics, sessions. */
export function redactEnvelopesOf(client: SentryClient | undefined): void {
  client?.on("createDsc", redactTrace);
  client?.on("beforeEnvelope", redactEnvelope);
}

/** The hooks through which everything leaves, on both sides. What a hook throws on is not sent. */
export const sentryHooks = {
  beforeSend: <Event extends object>(event: Event): Event => redactSentryEvent(event),
  beforeBreadcrumb: <Breadcrumb extends object>(breadcrumb: Breadcrumb): Breadcrumb | null =>
    redactBreadcrumb(breadcrumb),
  beforeSendSpan: <Span extends object>(span: Span): Span => redactSpan(span),
};
