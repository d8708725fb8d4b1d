import { isAddress, redactAddress } from "./address.ts";
import { opaqueId } from "./pseudonym.ts";
import { redactText } from "./text.ts";
import { type Redacted, redact } from "./value.ts";

type Data = Record<string, unknown>;

/** Ids that join an error with its trace and its replay. Hexadecimal, made by the SDK. */
const joinId = /^(?:trace|span|parent_span|replay|event|profile|profiler)_?id$/i;
const hexadecimal = /^[\da-f]{16,36}$/;

/**
 * What `beforeSend` returns: an event as it may leave. Texts are redacted, addresses lose their query, of the user only
 * an opaque id stays, of the request only method and path, of a stack frame no variables. Also for `replay_event`.
 */
export function redactSentryEvent<Event extends object>(event: Event): Event {
  const given = event as Data;
  return {
    ...given,
    ...change(given, "message", redactMessage),
    ...change(given, "logentry", redact),
    ...change(given, "exception", redactExceptions),
    ...change(given, "threads", redactExceptions),
    ...change(given, "breadcrumbs", (crumbs) => asList(crumbs).map((crumb) => redactBreadcrumb(asData(crumb)))),
    ...change(given, "request", redactRequest),
    ...change(given, "user", redactUser),
    ...change(given, "tags", redactTags),
    ...change(given, "extra", redact),
    ...change(given, "contexts", redactContexts),
    ...change(given, "transaction", redactMessage),
    ...change(given, "fingerprint", (parts) => asList(parts).map(redactMessage)),
    ...change(given, "urls", (urls) => asList(urls).map((url) => redactAddress(String(url)))),
    ...change(given, "spans", (spans) => asList(spans).map((span) => redactSpan(asData(span)))),
  } as Event;
}

/** What `beforeBreadcrumb` returns. Of the console only errors and warnings are kept; null drops the breadcrumb. */
export function redactBreadcrumb<Breadcrumb extends object>(breadcrumb: Breadcrumb): Breadcrumb | null {
  const { category, level, message, data } = breadcrumb as Data;
  if (category === "console" && level !== "error" && level !== "warning") return null;
  const text = String(message ?? "");
  return {
    ...breadcrumb,
    ...(message !== undefined && {
      message: String(category).startsWith("ui.") ? redactLabels(text) : redactMessage(text),
    }),
    // The console's arguments are in the message already.
    ...(data !== undefined && { data: redact({ ...asData(data), arguments: undefined }) }),
  };
}

/** What `beforeSendSpan` returns, for both of Sentry's forms: `attributes` of streamed spans and `data` of others. */
export function redactSpan<Span extends object>(span: Span): Span {
  const given = span as Data;
  return {
    ...given,
    ...change(given, "name", redactSpanName),
    ...change(given, "description", redactSpanName),
    ...change(given, "attributes", redactAttributes),
    ...change(given, "data", redactAttributes),
  } as Span;
}

function redactSpanName(name: unknown): Redacted {
  return typeof name === "string" ? redactLabels(name) : redact(name);
}

export function redactAttributes(attributes: unknown): Data {
  const kept = Object.entries(asData(attributes)).flatMap(([name, value]): [string, unknown][] => {
    if (/(?:^|\.)(?:query|fragment)$/.test(name)) return [];
    const wrapped = isTyped(value);
    const bare = wrapped ? value.value : value;
    const stays =
      (/^user_agent\./.test(name) && typeof bare === "string") ||
      (/^sentry\..*id$/.test(name) && hexadecimal.test(String(bare)));
    if (stays) return [[name, value]];
    const redacted = typeof bare === "string" && isOfPage.test(name) ? redactLabels(bare) : redactNamed(name, bare);
    if (redacted === undefined) return [];
    return [[name, wrapped ? { ...value, value: redacted } : redacted]];
  });
  return Object.fromEntries(kept);
}

/** A streamed span has `{ value, type }`, maybe with a unit, else the bare value; any other object is data of the app. */
function isTyped(value: unknown): value is Data {
  return (
    typeof value === "object" &&
    value !== null &&
    "value" in value &&
    Object.entries(value).every(
      ([key, item]) => key === "value" || (/^(?:type|unit)$/.test(key) && /^[a-z_]{1,20}$/.test(String(item))),
    )
  );
}

/** Elements of the page, which web vitals name with their labels, and names of spans. */
const isOfPage = /\.(?:element|selector|target)$|^sentry\.|^(?:lcp|cls|inp|ui)\./;

/** Labels of what was clicked or shown name people: `button[aria-label="Call Ada"]`. */
function redactLabels(text: string): Redacted {
  return redactMessage(text.replaceAll(/\[[\w-]{1,40}=(?:"[^"]*"|'[^']*')\]/g, ""));
}

function redactNamed(name: string, value: unknown): unknown {
  return asData(redact({ [name]: value }))[name];
}

function redactExceptions(exceptions: unknown): Data {
  const { values, ...rest } = asData(exceptions);
  return {
    ...rest,
    values: asList(values).map((item) => {
      const exception = asData(item);
      return {
        ...exception,
        ...change(exception, "type", redactMessage),
        ...change(exception, "value", redactMessage),
        ...change(exception, "stacktrace", redactStack),
        ...change(exception, "raw_stacktrace", redactStack),
        ...change(exception, "mechanism", (mechanism) => ({
          ...asData(mechanism),
          ...change(asData(mechanism), "data", redact),
        })),
      };
    }),
  };
}

function redactStack(stack: unknown): Data {
  const { frames, ...rest } = asData(stack);
  return {
    ...rest,
    frames: asList(frames).map((item) => {
      const { vars: _, ...frame } = asData(item);
      const sourceLines = (lines: unknown) => asList(lines).map(redactMessage);
      return {
        ...frame,
        ...change(frame, "filename", (name) => redactAddress(String(name))),
        ...change(frame, "abs_path", (path) => redactAddress(String(path))),
        ...change(frame, "context_line", redactMessage),
        ...change(frame, "pre_context", sourceLines),
        ...change(frame, "post_context", sourceLines),
      };
    }),
  };
}

function redactRequest(request: unknown): Data {
  const { url, method } = asData(request);
  return {
    ...(url !== undefined && { url: redactAddress(String(url)) }),
    ...(method !== undefined && { method }),
  };
}

function redactUser(user: unknown): Data {
  const { id } = asData(user);
  return typeof id === "string" || typeof id === "number" ? { id: opaqueId(id) } : {};
}

function redactTags(tags: unknown): Data {
  const entries = Object.entries(asData(tags)).map(([name, value]): [string, unknown] => {
    if (typeof value !== "string") return [name, value];
    return [name, /(?:tenant|_?id)$/i.test(name) ? opaqueId(value) : redactText(value, 200)];
  });
  return Object.fromEntries(entries);
}

function redactContexts(contexts: unknown): Data {
  const entries = Object.entries(asData(contexts)).map(([name, context]): [string, unknown] => {
    const given = asData(context);
    const joins = Object.entries(given).filter(([key, id]) => joinId.test(key) && hexadecimal.test(String(id)));
    return [name, { ...asData(redact(given)), ...Object.fromEntries(joins) }];
  });
  return Object.fromEntries(entries);
}

export function redactMessage(text: unknown): Redacted {
  if (typeof text !== "string") return redact(text);
  return isAddress(text) ? redactAddress(text) : redactText(text);
}

/** The property changed, or nothing where it is absent. */
function change(data: Data, name: string, redaction: (value: unknown) => unknown): Data {
  return data[name] === undefined || data[name] === null ? {} : { [name]: redaction(data[name]) };
}

function asData(value: unknown): Data {
  return typeof value === "object" && value !== null ? (value as Data) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
