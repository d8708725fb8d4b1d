/** A problem, and how to fix it. */
export interface Cause {
  readonly what: string;
  readonly fix: string;
}

/**
 * What is known about something that should be in a place. It may be reported as missing only after the place was
 * read and it was not there.
 */
export type Lookup<T> = { readonly kind: "value"; readonly value: T } | { readonly kind: "absent" } | FailedLookup;

/** unreadable: the place refused or did not answer. not looked at: it was not tried, because there is no key. */
export interface FailedLookup {
  readonly kind: "unreadable" | "not looked at";
  readonly cause: Cause;
}
