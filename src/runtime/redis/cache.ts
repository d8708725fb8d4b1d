import type { OptionFinding, ReportOptions } from "../shared/options.ts";
import { parsed, serialized } from "./json.ts";
import type { Memory } from "./memory.ts";
import { type NumberOptionName, numberFor } from "./options.ts";
import type { UnexpectedValue } from "./shapes.ts";
import type { Texts, WriteTarget } from "./texts.ts";

/** Shortest and longest life of a cached value. A time outside of it is moved to the nearer bound. */
export const ttlBounds = { shortestSeconds: 60, longestSeconds: 86_400 } as const;

export interface Cache {
  /** The value; undefined if it was never set, has expired, was deleted, or is not JSON. */
  cacheGet<Value = unknown>(key: string): Promise<Value | undefined>;
  /**
   * Stores a value that can be written as JSON.
   * @param ttlSeconds 60 to 86400, 300 by default
   * @returns where it is stored: "redis", "memory" while Redis is down, "nowhere" if it cannot be JSON or is too large
   */
  cacheSet(key: string, value: unknown, ttlSeconds?: number): Promise<WriteTarget>;
  /**
   * Adds to a counter and returns its new value. It starts at 0 and expires `ttlSeconds` (default 86400) after its
   * first use. While Redis is down, each process has its own count.
   */
  cacheIncr(key: string, by?: number, ttlSeconds?: number): Promise<number>;
  cacheDel(...keys: string[]): Promise<void>;
}

export function createCache(
  texts: Texts,
  memory: Memory,
  report: ReportOptions,
  { onFound, onNoJson }: { onFound: (key: string, found: UnexpectedValue) => void; onNoJson: (key: string) => void },
): Cache {
  return {
    cacheGet<Value>(key: string) {
      // Not async: the promise of a hit is the connection's own.
      if (typeof key === "string") return texts.read(key, parsed<Value>);
      return (async () => texts.read(textOfKey(key), parsed<Value>))();
    },

    async cacheSet(key, value, ttlSeconds) {
      const seconds = checkedNumber("cacheSet.ttlSeconds", ttlSeconds, report);
      const text = serialized(value);
      if (text !== undefined) return texts.write(textOfKey(key), text, seconds);
      onNoJson(textOfKey(key));
      return "nowhere";
    },

    async cacheIncr(given, by, ttlSeconds) {
      const key = textOfKey(given);
      const amount = checkedNumber("cacheIncr.by", by, report);
      const seconds = checkedNumber("cacheIncr.ttlSeconds", ttlSeconds, report);
      const added = await texts.attempt("script", key, (redis) => redis.cacheIncrement(key, amount, seconds));
      if (!added.reached) return memory.add(key, amount, seconds * 1_000).value;
      const [value, found] = added.value;
      if (found !== "") onFound(key, found);
      return value;
    },

    cacheDel: async (...keys) => texts.delete(keys.map(textOfKey)),
  };
}

/** One number of a call, checked. */
export function checkedNumber(name: NumberOptionName, value: unknown, report: ReportOptions): number {
  const findings: OptionFinding[] = [];
  const used = numberFor(name, value, findings);
  if (findings.length > 0) report(findings);
  return used;
}

/** Checks the key here, so that the error's stack shows the caller. */
export function textOfKey(key: unknown): string {
  return String(key);
}
