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

/** The hooks through which everything leaves, on both sides. What a hook throws on is not sent. */
export const sentryHooks = {
  beforeSend: <Event extends object>(event: Event): Event => redactSentryEvent(event),
  beforeBreadcrumb: <Breadcrumb extends object>(breadcrumb: Breadcrumb): Breadcrumb | null =>
    redactBreadcrumb(breadcrumb),
  beforeSendSpan: <Span extends object>(span: Span): Span => redactSpan(span),
};
