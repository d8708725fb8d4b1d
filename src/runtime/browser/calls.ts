import type { FlagValue } from "../shared/flag-facts.ts";

/** Calls that an app may make before PostHog and Sentry are loaded. Plain data, queued in order. */
export type Call =
  | {
      readonly kind: "event";
      readonly event: string;
      readonly properties: Readonly<Record<string, unknown>>;
      /** Source of its message, if the page itself reported it. */
      readonly said?: readonly unknown[];
      /** When and where it happened. */
      readonly at: number;
      readonly address: string;
    }
  | { readonly kind: "identify"; readonly userId: string; readonly person: Readonly<Record<string, unknown>> }
  | { readonly kind: "tenant"; readonly tenantId: string }
  | { readonly kind: "flag"; readonly key: string; readonly value: FlagValue | undefined }
  /** Whom to tell when flags are there or change, until it is stopped. */
  | { readonly kind: "flag listener"; readonly listener: FlagListener }
  | { readonly kind: "reset" }
  | { readonly kind: "error"; readonly error: unknown }
  | {
      readonly kind: "console";
      readonly level: "error" | "warning";
      readonly said: readonly unknown[];
      readonly at: number;
    }
  | { readonly kind: "consent"; readonly granted: boolean };

export interface FlagListener {
  call(): void;
  stopped?: true;
}

/** A receiver of calls. It handles the calls that concern it and ignores the rest. */
export interface Sink {
  /** @param waited whether the call was queued before the sink was loaded: at an earlier time, perhaps on another page */
  handle(call: Call, waited: boolean): void;
  flag?(key: string): FlagValue | undefined;
  /** How often each property was dropped because the catalog does not allow it. */
  drops?(): Record<string, number>;
  /** Calls that it received but did not send. */
  losses?(): Losses;
}

/** Losses of a page since it was loaded. */
export interface Losses {
  /**
   * Events or errors that did not reach the vendor: the queue was full, a library could not be loaded, a budget or limit was
   * exceeded, or all retries failed.
   */
  readonly dropped: number;
  /** Events or errors that the vendor refused. */
  readonly refused: number;
}
