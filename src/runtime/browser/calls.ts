/** What an app may have said before PostHog and Sentry are there. Plain data, kept in order. */
export type Call =
  | {
      readonly kind: "event";
      readonly event: string;
      readonly properties: Readonly<Record<string, unknown>>;
      /** What its message is made of, where the page itself reported it. */
      readonly said?: readonly unknown[];
      /** When and where it happened. */
      readonly at: number;
      readonly address: string;
    }
  | { readonly kind: "identify"; readonly userId: string; readonly person: Readonly<Record<string, unknown>> }
  | { readonly kind: "tenant"; readonly tenantId: string }
  | { readonly kind: "flag"; readonly key: string; readonly value: FlagValue | undefined }
  | { readonly kind: "reset" }
  | { readonly kind: "error"; readonly error: unknown }
  | {
      readonly kind: "console";
      readonly level: "error" | "warning";
      readonly said: readonly unknown[];
      readonly at: number;
    }
  | { readonly kind: "consent"; readonly granted: boolean };

export type FlagValue = boolean | string;

/** Where calls go. It takes what concerns it and ignores the rest. */
export interface Sink {
  /** @param waited whether the call was made before the sink was there: at another time, perhaps on another page */
  handle(call: Call, waited: boolean): void;
  flag?(key: string): FlagValue | undefined;
  /** How often each property was dropped because the catalog does not allow it. */
  drops?(): Record<string, number>;
  /** What it was given and did not send. */
  losses?(): Losses;
}

/** What a page has lost since it began. */
export interface Losses {
  /**
   * Events or errors that never left: no room while the libraries were loading, a library that was taken away, a budget
   * or a limit that was used up.
   */
  readonly dropped: number;
  /** Requests that the vendor refused; each may have had several events in it. */
  readonly refusedRequests: number;
}
