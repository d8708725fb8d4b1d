import { expect, test } from "vitest";
import { redact } from "../../../../src/runtime/shared/privacy/value.ts";

const size = 1 << 20;
const nest = (depth: number): unknown => {
  let value: unknown = "ada@example.com";
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
};

/** Shapes on which a careless pattern needs quadratic time, or a careless walk never ends. */
const shapes: Record<string, unknown> = {
  letters: "a".repeat(size),
  "at signs": "a@".repeat(size / 2),
  quotes: '"@'.repeat(size / 2),
  digits: "1".repeat(size),
  "digits far apart": "1   ".repeat(size / 4),
  addresses: "ada@example.com ".repeat(size / 16),
  "secrets that begin": "password=".repeat(size / 9),
  "keys that begin": "-----BEGIN PRIVATE KEY".repeat(size / 22),
  schemes: "://".repeat(size / 3),
  percents: "%2".repeat(size / 2),
  slashes: "/".repeat(size),
  emoji: "👩".repeat(size / 2),
  "many short texts": Array.from({ length: size / 16 }, () => "ada@example.com"),
  "many names": Object.fromEntries(Array.from({ length: size / 32 }, (_, index) => [`ada${index}@example.com`, index])),
  "deep nesting": nest(100_000),
  bytes: new Uint8Array(size),
};

/** Processor time of the call, the best of five: its cost without interference. */
function costMs(call: () => void): number {
  const once = () => {
    const before = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  return Math.min(...Array.from({ length: 5 }, once));
}

test.for(Object.keys(shapes))("a property of 1 MB costs under 50 ms: %s", (name) => {
  expect(costMs(() => redact(shapes[name]))).toBeLessThan(50);
});

test("a value that loops, throws or lies is read nonetheless", () => {
  const loop: Record<string, unknown> = { name: "loop" };
  loop.self = loop;
  const hostile = {
    loop,
    get broken(): string {
      throw new Error("no");
    },
    proxy: new Proxy({}, { ownKeys: () => ["x", "x"] }),
    endless: { toJSON: () => ({ toJSON: () => hostile.endless }) },
    huge: 12_345_678_901_234_567_890n,
    nothing: undefined,
    call: () => "x",
  };
  expect(redact(hostile)).toMatchObject({
    loop: { name: "loop", self: "[circular]" },
    broken: "[unreadable]",
    huge: "12345678901234567890",
  });
});

test("a key named __proto__ stays a key", () => {
  const value = redact(JSON.parse('{"__proto__": {"admin": true}}'));
  expect(Object.keys(value as object)).toEqual(["__proto__"]);
  expect((value as { admin?: boolean }).admin).toBeUndefined();
});
