import type { Memory } from "./memory.ts";
import { counterOf } from "./shapes.ts";

/** Decision on a call: run, run as the trial, or wait. */
export type Entry =
  | { readonly state: "closed"; readonly failures: number }
  | { readonly state: "half-open" }
  | { readonly state: "open"; readonly retryAfterMs: number; readonly trial: boolean };

/** The same as lua/breaker_*.lua, in this process's memory. */
export interface BreakerInMemory {
  enter(fail: string, open: string, threshold: number, trialMs: number, token: string): Entry;
  fail(fail: string, open: string, threshold: number, windowMs: number, openMs: number, token: string): void;
  succeed(fail: string, open: string, threshold: number, token: string): void;
  state(fail: string, open: string, threshold: number): Entry["state"];
}

export function breakerInMemory(memory: Memory): BreakerInMemory {
  const failuresIn = (key: string) => counterOf(memory.get(key) ?? "") ?? 0;
  return {
    enter(fail, open, threshold, trialMs, token) {
      const holder = memory.get(open);
      if (holder !== undefined) {
        return { state: "open", retryAfterMs: memory.remainingMs(open), trial: holder.startsWith("trial:") };
      }
      const failures = failuresIn(fail);
      if (failures < threshold) return { state: "closed", failures };
      memory.set(open, token, trialMs);
      return { state: "half-open" };
    },

    fail(fail, open, threshold, windowMs, openMs, token) {
      const holder = memory.get(open);
      if (holder !== undefined && holder !== token) return;
      const before = failuresIn(fail);
      if (token === "" && before >= threshold) return;
      const failures = before + 1;
      if (holder === undefined && failures < threshold) {
        memory.set(fail, String(failures), windowMs);
        return;
      }
      memory.set(open, "open", openMs);
      memory.set(fail, String(Math.max(failures, threshold)), windowMs + openMs);
    },

    succeed(fail, open, threshold, token) {
      const holder = memory.get(open);
      if (holder !== undefined && holder !== token) return;
      if (token === "" && failuresIn(fail) >= threshold) return;
      memory.delete(fail);
      memory.delete(open);
    },

    state(fail, open, threshold) {
      if (memory.get(open) !== undefined) return "open";
      return failuresIn(fail) >= threshold ? "half-open" : "closed";
    },
  };
}
