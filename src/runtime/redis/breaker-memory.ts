import type { Entry } from "./breaker-scripts.ts";
import { integer, type Memory } from "./memory.ts";

/** The three steps of the shared circuit breaker in this process's memory; see breaker-scripts.ts. */
export interface BreakerInMemory {
  enter(fail: string, open: string, threshold: number, trialMs: number, token: string): Entry;
  fail(fail: string, open: string, threshold: number, windowMs: number, openMs: number, token: string): void;
  succeed(fail: string, open: string, token: string): void;
}

export function breakerInMemory(memory: Memory): BreakerInMemory {
  return {
    enter(fail, open, threshold, trialMs, token) {
      const holder = memory.get(open);
      if (holder) return { state: "open", retryAfterMs: memory.remainingMs(open), trial: holder !== "open" };
      const failures = integer(memory.get(fail));
      if (failures < threshold) return { state: "closed", failures };
      memory.set(open, token, trialMs);
      return { state: "half-open" };
    },

    fail(fail, open, threshold, windowMs, openMs, token) {
      const holder = memory.get(open);
      if (holder && holder !== token) return;
      const failures = integer(memory.get(fail)) + 1;
      if (token === "" && failures < threshold) {
        memory.set(fail, String(failures), windowMs);
        return;
      }
      memory.set(open, "open", openMs);
      memory.set(fail, String(Math.max(failures, threshold)), windowMs + openMs);
    },

    succeed(fail, open, token) {
      const holder = memory.get(open);
      if (holder && holder !== token) return;
      memory.delete(fail);
      memory.delete(open);
    },
  };
}
