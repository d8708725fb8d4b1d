/*
 * The redactor by itself, for logs and for whatever else leaves an app: the same rules that events and errors go through.
 */
export { opaqueId, pseudonym } from "../shared/privacy/pseudonym.ts";
export { cutText, redactText } from "../shared/privacy/text.ts";
export { type Redacted, redact } from "../shared/privacy/value.ts";
