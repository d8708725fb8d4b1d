import { createStateStore } from "../../../src/runtime/redis/state-store.ts";

/*
 * Fills the fallback with far more than it keeps, and prints how much memory it took.
 * node --expose-gc fill-memory.ts <characters a value> <values>
 */
const [characters, values] = process.argv.slice(2).map(Number);
// A character that takes two bytes.
const value = "€".repeat(characters ?? 0);
const collect = globalThis.gc ?? (() => {});
const store = createStateStore();
const limit = store.rateLimit("prompts", { limit: 5, windowSeconds: 600, whenRedisIsDown: "local" });
await store.cacheSet("warm", value);
collect();
const before = process.memoryUsage().heapUsed;
for (let index = 0; index < (values ?? 0); index += 1) {
  await store.cacheSet(`inv:tenant-${index}`, value + index);
  await limit.take(`tenant-${index}`);
}
collect();
const usedMb = (process.memoryUsage().heapUsed - before) / 2 ** 20;
const newest = await store.cacheGet(`inv:tenant-${(values ?? 0) - 1}`);
const oldest = await store.cacheGet("inv:tenant-0");
console.log(JSON.stringify({ usedMb, keepsNewest: newest !== undefined, keepsOldest: oldest !== undefined }));
