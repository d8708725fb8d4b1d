import type { StateStore } from "../../../src/runtime/redis/state-store.ts";

/** One call of everything that asks Redis. */
export function calls(store: StateStore): Record<string, () => Promise<unknown>> {
  const limit = store.rateLimit("prompts", { limit: 1_000, windowSeconds: 60, whenRedisIsDown: "local" });
  const breaker = store.circuitBreaker("twilio");
  const sent = { channel: "sms", template_id: "welcome", contact_id: "c1" } as const;
  return {
    cacheGet: () => store.cacheGet("key"),
    cacheSet: () => store.cacheSet("key", { any: 1 }),
    cacheIncr: () => store.cacheIncr("count"),
    cacheDel: () => store.cacheDel("key", "count"),
    cached: () => store.cached("kpis:t1", 60, () => "loaded"),
    take: () => limit.take("t1"),
    setRateMultiplier: () => store.setRateMultiplier("t1", 2),
    "breaker.run": () => breaker.run(() => "sent"),
    "breaker.state": () => breaker.state(),
    emitEvent: () => store.emitEvent("cadence.message_sent", sent),
    redisStatus: () => store.redisStatus(),
  };
}

export async function durationOf(call: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await call();
  return performance.now() - begun;
}
