import type { ProjectSettingsArguments } from "@brandvx/resources/sentry";

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
