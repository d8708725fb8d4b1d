import { Redis } from "ioredis";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type CircuitBreaker, isCircuitOpenError } from "../../../src/runtime/redis/breaker.ts";
import { createStateStore } from "../../../src/runtime/redis/state-store.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { type Subject, subjectKinds } from "./subjects.ts";

const options = { failures: 3, windowSeconds: 60, openSeconds: 30, trialSeconds: 10 };

describe.for(subjectKinds)("a circuit breaker $name", ({ available, open }) => {
  let subject: Subject;
  let breaker: CircuitBreaker;

  beforeEach(async (context) => {
    if (!available) return context.skip();
    subject = await open(context.onTestFinished);
    breaker = subject.store.circuitBreaker("twilio", options);
  });

  const succeed = (on = breaker) => on.run(() => "sent");
  const fail = (on = breaker) =>
    on
      .run(() => {
        throw new Error("503");
      })
      .catch((error: Error) => error.name);
  const open3 = async () => [await fail(), await fail(), await fail()];

  test("gives what the call gives and throws what it throws", async () => {
    expect(await succeed()).toBe("sent");
    await expect(breaker.run(async () => Promise.reject(new TypeError("no")))).rejects.toThrow(TypeError);
    expect(await breaker.state()).toBe("closed");
  });

  test("opens after failures in a row, and then calls nothing", async () => {
    expect(await open3()).toEqual(["Error", "Error", "Error"]);
    expect(await breaker.state()).toBe("open");
    const call = vi.fn();
    const error = await breaker.run(call).catch((error: unknown) => error);
    expect(call).not.toHaveBeenCalled();
    if (!isCircuitOpenError(error)) throw new Error("another error");
    expect(error).toMatchObject({ breaker: "twilio", reason: "open" });
    expect(error.retryAfterMs).toBeGreaterThan(25_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  test("stays closed when a success comes in between, or the failures are far apart", async () => {
    await fail();
    await fail();
    await succeed();
    await fail();
    await fail();
    expect(await breaker.state()).toBe("closed");
    await subject.pass(60_001);
    await fail();
    expect(await breaker.state()).toBe("closed");
  });

  test("does not count errors that are none of the callee", async () => {
    const lenient = subject.store.circuitBreaker("lenient", {
      ...options,
      isFailure: (error) => !String(error).includes("404"),
    });
    for (let index = 0; index < 5; index += 1) {
      await expect(lenient.run(() => Promise.reject(new Error("404")))).rejects.toThrow("404");
    }
    expect(await lenient.state()).toBe("closed");
  });

  test("lets one trial through when the time is over, and closes on its success", async () => {
    await open3();
    await subject.pass(30_001);
    expect(await breaker.state()).toBe("half-open");
    let finish = (_: string) => {};
    const trial = breaker.run(() => new Promise<string>((resolve) => (finish = resolve)));
    await vi.waitFor(async () => expect(await breaker.state()).toBe("open"));
    const others = await Promise.all(Array.from({ length: 20 }, () => succeed().catch((error: unknown) => error)));
    for (const error of others) expect(error).toMatchObject({ name: "CircuitOpenError", reason: "trial" });
    finish("sent");
    expect(await trial).toBe("sent");
    expect(await breaker.state()).toBe("closed");
    expect(await succeed()).toBe("sent");
    // A single failure does not open it: the count has started anew.
    await fail();
    expect(await breaker.state()).toBe("closed");
  });

  test("opens again when the trial fails", async () => {
    await open3();
    await subject.pass(30_001);
    expect(await fail()).toBe("Error");
    expect(await breaker.state()).toBe("open");
    expect(await fail()).toBe("CircuitOpenError");
    await subject.pass(30_001);
    expect(await succeed()).toBe("sent");
    expect(await breaker.state()).toBe("closed");
  });

  test("lets another trial through when one does not end", async () => {
    await open3();
    await subject.pass(30_001);
    let finish = (_: unknown) => {};
    const stuck = breaker.run(() => new Promise((resolve) => (finish = resolve)));
    await vi.waitFor(async () => expect(await breaker.state()).toBe("open"));
    await subject.pass(10_001);
    expect(await succeed()).toBe("sent");
    expect(await breaker.state()).toBe("closed");
    finish("late");
    await stuck;
    expect(await breaker.state()).toBe("closed");
  });

  test("is not closed, nor opened for longer, by a call that began before it opened", async () => {
    let finish = (_: unknown) => {};
    const slow = breaker.run(() => new Promise((resolve) => (finish = resolve)));
    await fail();
    const slowToo = breaker.run(() => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 20)));
    await fail();
    await fail();
    finish("late");
    await slow;
    await expect(slowToo).rejects.toThrow("late");
    expect(await breaker.state()).toBe("open");
    await subject.pass(30_001);
    expect(await breaker.state()).toBe("half-open");
  });

  test("is one breaker for all processes", async (context) => {
    const { other } = subject;
    if (!other) return context.skip();
    const there = other.circuitBreaker("twilio", options);
    await fail();
    await fail(there);
    await fail();
    expect(await there.state()).toBe("open");
    await subject.pass(30_001);
    expect(await succeed(there)).toBe("sent");
    expect(await breaker.state()).toBe("closed");
  });

  test("opens by hand: whoever writes cb_open:name", async (context) => {
    if (!subject.write) return context.skip();
    await subject.write("cb_open:twilio", "open");
    expect(await fail()).toBe("CircuitOpenError");
  });
});

test("the state is told as calls are let through, whatever others wrote under its keys", async (context) => {
  if (!redisServerPath) return context.skip();
  const server = await startRedisServer(context.onTestFinished);
  const store = createStateStore({ url: server.url, deadlineMs: 2_000, notice: () => {} });
  const client = new Redis(server.url);
  context.onTestFinished(async () => {
    client.disconnect();
    await store.close();
  });
  await store.ready(5_000);
  const [fail, open] = ["cb_fail:twilio", "cb_open:twilio"];
  const written: readonly [string, () => Promise<unknown>, string][] = [
    ["a count with an expiry", () => client.set(fail, "9", "EX", 60), "half-open"],
    ["a count without an expiry", () => client.set(fail, "9"), "closed"],
    ["a count with leading zeros", () => client.set(fail, "009", "EX", 60), "closed"],
    ["a count in words", () => client.set(fail, "1e3", "EX", 60), "closed"],
    ["a count of another type", () => client.rpush(fail, "9"), "closed"],
    ["open as a hash", () => client.hset(open, "by", "hand"), "open"],
    ["open as an empty text", () => client.set(open, ""), "open"],
  ];
  for (const [what, write, state] of written) {
    await client.flushall();
    await write();
    const breaker = store.circuitBreaker("twilio", options);
    expect([what, await breaker.state()]).toEqual([what, state]);
    let during = "open";
    await breaker
      .run(async () => {
        during = (await client.exists(open)) === 1 ? "half-open" : "closed";
      })
      .catch(() => {});
    expect([what, during]).toEqual([what, state]);
  }
});
