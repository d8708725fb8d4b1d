import { createStateStore } from "../../../src/runtime/redis/state-store.ts";

/* Loads a value for ever, and notifies its parent when it has begun: for a test that kills it meanwhile. */
const store = createStateStore({ url: process.argv[2], notice: () => {} });
await store.ready(5_000);
await store.cached("kpis:crash", 60, () => {
  process.send?.("loading");
  return new Promise(() => {});
});
