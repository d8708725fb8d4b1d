import { opaqueId } from "./pseudonym.ts";
import { redactAttributes, redactMessage, redactSentryEvent } from "./sentry.ts";

type Data = Record<string, unknown>;
type Item = [header: Data, payload: unknown];

/** What left through a hook of its own before: `beforeSend`, `beforeSendSpan`, the event processor, the recorder's plugin. */
const redactedBefore = new Set(["event", "transaction", "span", "replay_event", "replay_recording"]);
/** Counts of what was not sent; states of sessions. */
const harmless = new Set(["client_report", "sessions"]);

/**
 * Redacts in place what an envelope has that no hook of Sentry's shows: the trace's name in its header, logs, metrics,
 * feedback, whose session it is. What this project does not send and nobody has looked at does not leave: attachments,
 * profiles, reports of users, kinds of items that are newer than this list.
 */
export function redactEnvelope(envelope: unknown): void {
  if (!Array.isArray(envelope)) return;
  redactTrace((envelope[0] as Data | undefined)?.trace);
  if (!Array.isArray(envelope[1])) return;
  envelope[1] = (envelope[1] as Item[]).flatMap(([header, payload]): Item[] => {
    const type = String(header?.type);
    if (redactedBefore.has(type) || harmless.has(type)) return [[header, payload]];
    const redacted = ofType(type, payload);
    return redacted === undefined ? [] : [[header, redacted]];
  });
}

/** Names of the trace in the header of envelopes and in `baggage`: the route or the page that began it. */
export function redactTrace(trace: unknown): void {
  if (typeof trace !== "object" || trace === null) return;
  const given = trace as Data;
  if (typeof given.transaction === "string") given.transaction = redactMessage(given.transaction);
}

function ofType(type: string, payload: unknown): unknown {
  if (typeof payload !== "object" || payload === null) return undefined;
  const given = payload as Data;
  switch (type) {
    case "feedback":
      return withoutFeedback(redactSentryEvent(given));
    case "session":
      return {
        ...given,
        ...(given.did !== undefined && { did: opaqueId(String(given.did)) }),
        attrs: ofSession(given.attrs),
      };
    case "check_in":
      // An app may name a job after a customer.
      return { ...given, monitor_slug: redactMessage(given.monitor_slug) };
    case "log":
    case "trace_metric":
      return {
        ...given,
        items: list(given.items).map((item) => ({
          ...item,
          ...(item.body !== undefined && { body: redactMessage(item.body) }),
          ...(item.attributes !== undefined && { attributes: redactAttributes(item.attributes) }),
        })),
      };
    default:
      return undefined;
  }
}

/** Of feedback, its message with what is private taken out; who wrote it is not sent. */
function withoutFeedback(event: Data): Data {
  const contexts = (event.contexts ?? {}) as Record<string, Data>;
  const { name: _name, contact_email: _email, ...feedback } = contexts.feedback ?? {};
  return { ...event, contexts: { ...contexts, feedback } };
}

function ofSession(attributes: unknown): Data {
  const { ip_address: _, ...kept } = (attributes ?? {}) as Data;
  return kept;
}

function list(items: unknown): Data[] {
  return Array.isArray(items) ? items : [];
}
