import type { ProjectSettingsArguments } from "@brandvx/resources/sentry";
import { events } from "../../catalog/events.ts";
import { forbiddenPropertyNames } from "../../catalog/privacy.ts";

type PiiConfig = NonNullable<NonNullable<ProjectSettingsArguments["scrubbing"]>["relayPiiConfig"]>;

/** Relay's built-in rules (getsentry/relay, relay-pii/src/builtin.rs); each replaces what it finds by a word. */
const inTexts = ["@email", "@creditcard", "@iban", "@usssn", "@urlauth", "@pemkey"];
/** Of a user only the hashed id is sent. */
const removed = ["@anything:remove"];

/**
 * What Sentry removes besides fields by name. By the privacy classes, free text (`truncated-120`) contains no
 * addresses, numbers or keys, and a person is only a hash (`hashed`, `id`). Apps redact the same before they send.
 */
export const piiConfig: PiiConfig = {
  applications: {
    "$error.value": inTexts,
    $message: inTexts,
    "$breadcrumb.message": inTexts,
    "$user.email": removed,
    "$user.username": removed,
    "$user.name": removed,
    "$user.ip_address": removed,
  },
};

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
