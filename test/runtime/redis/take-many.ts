import { createStateStore } from "../../../src/runtime/redis/state-store.ts";

/*
 * One process among several: takes from one limit and counts at one counter as fast as it can, and prints how much it
 * got.
 * node take-many.ts <url> <takes>
 */
const [url, takes] = process.argv.slice(2);
const store = createStateStore({ url, deadlineMs: 5_000 });
await store.ready(10_000);
const limit = store.rateLimit("prompts", { limit: 1_000, windowSeconds: 600, whenRedisIsDown: "closed" });

let allowed = 0;
let loads = 0;
for (let done = 0; done < Number(takes); done += 50) {
  const answers = await Promise.all(Array.from({ length: 50 }, () => limit.take("t1")));
  allowed += answers.filter((answer) => answer.allowed).length;
  await store.cacheIncr("count", 50);
  await store.cached(`value:${done}`, 60, () => {
    loads += 1;
    return done;
  });
}
await store.close();
console.log(JSON.stringify({ allowed, loads }));
