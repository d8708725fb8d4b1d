import type { Memory } from "./memory.ts";
import { counterOf, factorOf, times } from "./shapes.ts";

/** A window's counter after a take. */
export interface WindowCount {
  /** Whether the take was counted; false: it would have exceeded the limit. */
  readonly counted: boolean;
  /** Total count in the window. */
  readonly total: number;
  readonly resetsInMs: number;
  /** The limit times the tenant's factor. */
  readonly limit: number;
}

/** The same as lua/limit.lua, in this process's memory. */
export function takeInMemory(
  memory: Memory,
  key: string,
  factor: string | undefined,
  cost: number,
  windowSeconds: number,
  base: number,
): WindowCount {
  const limit = times(base, factorOf(factor) ?? 1);
  const counted = counterOf(memory.get(key) ?? "");
  const remainingMs = memory.remainingMs(key);
  const runs = counted !== undefined && remainingMs <= windowSeconds * 1_000;
  const total = runs ? counted : 0;
  const leftMs = runs ? remainingMs : 0;
  if (total + cost > limit) return { counted: false, total, resetsInMs: leftMs, limit };
  if (cost === 0) return { counted: true, total, resetsInMs: leftMs, limit };
  memory.set(key, String(total + cost), runs ? leftMs : windowSeconds * 1_000);
  return { counted: true, total: total + cost, resetsInMs: memory.remainingMs(key), limit };
}
