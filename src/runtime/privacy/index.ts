/*
 * The redactor as a separate module, for logs and other output of an app, with the same rules as for events and errors.
 */
export { opaqueId, pseudonym } from "../shared/privacy/pseudonym.ts";
export { cutText, redactText } from "../shared/privacy/text.ts";
export { type Redacted, redact } from "../shared/privacy/value.ts";
