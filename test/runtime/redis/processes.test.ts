import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { createStateStore } from "../../../src/runtime/redis/state-store.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";

const worker = fileURLToPath(new URL("take-many.ts", import.meta.url));

test("4 processes at once get exactly the limit, count without loss and load each value once", {
  timeout: 60_000,
}, async (context) => {
  if (!redisServerPath) return context.skip();
  const { url } = await startRedisServer(context.onTestFinished);
  const results = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { stdout } = await execa(process.execPath, ["--disable-warning=ExperimentalWarning", worker, url, "500"]);
      return JSON.parse(stdout) as { allowed: number; loads: number };
    }),
  );
  const sum = (what: "allowed" | "loads") => results.reduce((total, result) => total + result[what], 0);
  expect(sum("allowed")).toBe(1_000);
  expect(sum("loads")).toBe(10);
  const store = createStateStore({ url });
  context.onTestFinished(() => store.close());
  await store.ready(5_000);
  expect(await store.cacheGet("count")).toBe(2_000);
});
