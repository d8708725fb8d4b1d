import { fileURLToPath } from "node:url";
import { execa } from "execa";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemory, memoryLimits } from "../../../src/runtime/redis/memory.ts";

const filler = fileURLToPath(new URL("fill-memory.ts", import.meta.url));

test.for([
  { characters: 10, values: 40_000, what: "many small values" },
  { characters: 2_000, values: 20_000, what: "values of 2 kB" },
  { characters: 100_000, values: 500, what: "values of 100 kB" },
])(
  "the fallback stays within its 24 MB, whatever is put in: $what",
  { timeout: 30_000 },
  async ({ characters, values }) => {
    const { stdout } = await execa(process.execPath, [
      "--disable-warning=ExperimentalWarning",
      "--expose-gc",
      filler,
      String(characters),
      String(values),
    ]);
    const { usedMb, keepsNewest, keepsOldest } = JSON.parse(stdout) as Record<string, number | boolean>;
    expect(usedMb).toBeLessThan(24);
    expect({ keepsNewest, keepsOldest }).toEqual({ keepsNewest: true, keepsOldest: false });
  },
);

test("10,000 distinct keys fit, the one that was not used for longest goes first", () => {
  const memory = createMemory();
  for (let index = 0; index < memoryLimits.maxEntries; index += 1) memory.set(`key${index}`, "x", 60_000);
  expect(memory.size).toBe(10_000);
  memory.get("key0");
  memory.set("one more", "x", 60_000);
  expect([memory.size, memory.get("key0"), memory.get("key1")]).toEqual([10_000, "x", undefined]);
});

test("a text that would push out a quarter of all is not kept", () => {
  const memory = createMemory();
  expect(memory.set("small", "x", 60_000)).toBe(true);
  expect(memory.set("huge", "x".repeat(1_000_001), 60_000)).toBe(false);
  expect([memory.get("small"), memory.get("huge")]).toEqual(["x", undefined]);
});

test("an entry is there exactly until its time is over", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 86_400_000 }), (ttlMs) => {
      let now = 1_000;
      const memory = createMemory(() => now);
      memory.set("key", "x", ttlMs);
      now += ttlMs;
      expect(memory.get("key")).toBe("x");
      now += 1;
      expect(memory.get("key")).toBeUndefined();
    }),
  );
});
