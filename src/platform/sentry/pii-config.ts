import type { ProjectSettingsArguments } from "@brandvx/resources/sentry";

type PiiConfig = NonNullable<NonNullable<ProjectSettingsArguments["scrubbing"]>["relayPiiConfig"]>;

/** Relay's own rules (getsentry/relay, relay-pii/src/builtin.rs); each puts a word in the place of what it finds. */
const inTexts = ["@email", "@creditcard", "@iban", "@usssn", "@urlauth", "@pemkey"];
/** Of a user only the hashed id leaves. */
const removed = ["@anything:remove"];

/**
 * What Sentry takes out beyond names: by the privacy classes, free text (`truncated-120`) has no addresses, numbers and keys
 * in it, and of a person nothing but a hash (`hashed`, `id`) leaves. Apps redact the same before they send.
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
