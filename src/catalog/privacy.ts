/**
 * Privacy classes: what may leave BrandVX's apps, and in which form. Each event property states its class; the runtime
 * package's redactor enforces it before sending. Plain data, so that browsers need only a few bytes and no library.
 */
export const privacyClasses = {
  /** A word or number from a small, known set, or a measure. Contains no contact data. */
  plain: "leaves as it is",
  /** An opaque key of BrandVX's database: joins events, but is meaningless outside of BrandVX. */
  id: "leaves as it is, as long as it looks like a key: no spaces, no @, no phone number",
  /** Values that must be distinguished or counted, but not readable. */
  hashed: "leaves as a salted hash",
  /** Free text that may quote a person: provider's errors, browser's messages. */
  "truncated-120": "leaves cut to 120 characters, after addresses, numbers and tokens in it were replaced",
  /** Never sent. Declared only to document where the value belongs instead. */
  forbidden: "never leaves; the property is dropped",
} as const;

export type PrivacyClass = keyof typeof privacyClasses;

/** Length of a `truncated-120` text, in UTF-16 code units; a surrogate pair is not split. */
export const truncatedTextLength = 120;

/**
 * Property names that are dropped from every event, whatever the catalog says about the event: customers' contact
 * details, what they wrote, and credentials. Compared in lower case, without `_` and `-`.
 */
export const forbiddenPropertyNames: readonly string[] = [
  "email",
  "phone",
  "phone_number",
  "first_name",
  "last_name",
  "full_name",
  "address",
  "birthday",
  "prompt",
  // Properties (with a `$` prefix) of PostHog's LLM integrations: the conversation, and errors that quote it.
  "ai_input",
  "ai_input_state",
  "ai_output",
  "ai_output_choices",
  "ai_output_state",
  "ai_tools",
  "ai_error",
  "body",
  "password",
  "secret",
  "token",
  "access_token",
  "refresh_token",
  "api_key",
  "authorization",
  "cookie",
  "stack",
];

/** The form in which property names are compared with {@link forbiddenPropertyNames}. */
export function comparablePropertyName(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}
