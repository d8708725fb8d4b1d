import { events } from "../../catalog/events.ts";
import { forbiddenPropertyNames } from "../../catalog/privacy.ts";

/** Fields of Sentry's own event format. Relay matches a field anywhere in a name: hiding these would hide the error. */
const partsOfEvents = [
  ...["exception", "stacktrace", "raw_stacktrace", "mechanism", "context_line", "pre_context", "post_context"],
  ...["breadcrumbs", "contexts", "environment", "fingerprint", "transaction", "timestamp", "debug_meta", "trace_id"],
];

const forbidden = Object.values(events).flatMap(({ properties }) =>
  Object.entries(properties)
    .filter(([, { privacy }]) => (privacy as string) === "forbidden")
    .map(([name]) => name),
);

/** Names whose values Sentry hides: those that the catalog forbids. */
export const sensitiveFields: string[] = [...new Set([...forbiddenPropertyNames, ...forbidden])]
  .filter((field) => !partsOfEvents.some((part) => part.includes(field)))
  .toSorted();
