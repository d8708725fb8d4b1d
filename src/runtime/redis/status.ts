import type { Operation } from "./outcome.ts";

/** An operation that Redis refuses, and since when. */
export interface RefusalReason {
  /** The server's error code: READONLY, OOM, NOPERM, …, or "quota". */
  readonly word: string;
  /** The server's message, without secrets. */
  readonly said: string;
  readonly operations: readonly Operation[];
  /** Some keys alone are refused, and the operations work for others; absent where all keys are refused. */
  readonly someKeys?: true;
  /** ISO 8601. */
  readonly since: string;
}

/**
 * How Redis is, found by what the helpers do with it. "degraded": it answers, and refuses part of what is needed, which
 * uses this process's memory. "error": nothing of it can be used.
 */
export type RedisDetail =
  | { readonly status: "disabled" }
  | { readonly status: "ok" }
  | { readonly status: "degraded" | "error"; readonly reasons: readonly RefusalReason[] }
  | { readonly status: "error"; readonly reason: string; readonly since: string };
