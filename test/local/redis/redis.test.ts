import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { localRedis } from "../../../src/local/redis/index.ts";
import { redisServerPath } from "../../../src/local/redis/server.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const database = () => ({ id: randomUUID(), name: "brandvx", password: randomUUID() });

/** Attempts to log in once; rejects with the server's error. */
async function entering(port = 0, password: string | undefined, ca: string | undefined): Promise<void> {
  const redis = new Redis({
    ...{ host: "127.0.0.1", port, lazyConnect: true, retryStrategy: () => null, protocol: 2, tls: { ca: ca ?? "" } },
    ...(password === undefined ? {} : { password }),
  });
  const said = new Promise<never>((_, reject) => redis.on("error", reject));
  try {
    await Promise.race([redis.connect().then(() => redis.get("any")), said]);
  } finally {
    redis.disconnect();
  }
}

describe.skipIf(redisServerPath() === undefined)("the Redis behind a local database", () => {
  test("speaks TLS, wants the password, and counts its keys", async () => {
    using folder = temporaryFolder("brandvx-redis-");
    const local = localRedis(folder.path);
    onTestFinished(local.stop);
    const { password, ...other } = database();
    const connection = await local.connect({ ...other, password });
    expect(connection).toMatchObject({ endpoint: "127.0.0.1", tls: true, password });
    const ca = local.authority() ?? "";
    const url = `rediss://default:${password}@127.0.0.1:${connection?.port}`;
    const redis = new Redis(url, { tls: { ca } });
    await redis.set("kpis:glow", "1");
    await redis.set("kpis:bloom", "1");
    await redis.set("cb_fail:sms", "1");
    expect(await local.keys()).toEqual({ brandvx: { kpis: 2, cb_fail: 1 } });
    expect(await local.troubles()).toEqual([]);
    // It still answers PING, and its keys can be read.
    await redis.config("SET", "maxmemory-policy", "noeviction");
    await redis.config("SET", "maxmemory", "1");
    expect(await local.troubles()).toEqual([expect.stringMatching(/^brandvx refuses writes, scripts \(OOM /)]);
    redis.disconnect();

    await expect(entering(connection?.port, undefined, ca)).rejects.toThrow("NOAUTH");
  });

  test("keeps its address when the local cloud starts again, also after one that was killed", async () => {
    using folder = temporaryFolder("brandvx-redis-");
    const one = database();
    const first = localRedis(folder.path);
    const before = await first.connect(one);
    const second = localRedis(folder.path);
    expect(await second.connect(one)).toEqual(before);
    await first.stop();
    const third = localRedis(folder.path);
    onTestFinished(third.stop);
    await vi.waitFor(async () => expect(await third.connect(one)).toEqual(before));
  });

  test("a new password ends the server with the old one", async () => {
    using folder = temporaryFolder("brandvx-redis-");
    const local = localRedis(folder.path);
    onTestFinished(local.stop);
    const one = database();
    const before = await local.connect(one);
    const password = randomUUID();
    const after = await local.connect({ ...one, password });
    expect(after).toMatchObject({ password });
    await expect(entering(after?.port, one.password, local.authority())).rejects.toThrow("WRONGPASS");
    expect(before?.endpoint).toBe(after?.endpoint);
  });
});

test("without a redis-server there is none, and the database stays one on paper", async () => {
  using folder = temporaryFolder("brandvx-redis-");
  vi.stubEnv("PATH", folder.path);
  onTestFinished(() => void vi.unstubAllEnvs());
  const local = localRedis(folder.path);
  expect(await local.connect(database())).toBeNull();
  expect(local.authority()).toBeUndefined();
  expect(await local.keys()).toEqual({});
});
