/** What is the matter, and what to do about it. */
export interface Cause {
  readonly what: string;
  readonly fix: string;
}

/**
 * What is known of something that is looked for in a place: only of what was looked for where it should be, and is not
 * there, may be said that it is missing.
 */
export type Lookup<T> = { readonly kind: "value"; readonly value: T } | { readonly kind: "absent" } | FailedLookup;

/** unreadable: the place refused, or gave no answer. not looked at: nothing was tried, for want of a key. */
export interface FailedLookup {
  readonly kind: "unreadable" | "not looked at";
  readonly cause: Cause;
}
