import { isSecret } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { environmentSchema } from "../../src/catalog/environment-schema.ts";
import { StateStore, type StateStoreArguments } from "../../src/platform/redis.ts";
import type { RedisSettings } from "../../src/platform/settings/redis.ts";
import { registering, resolved } from "./mocks.ts";

const type = "upstash:index/redisDatabase:RedisDatabase";
const settings: RedisSettings = { databaseName: "brandvx", primaryRegion: "us-east-1", budget: 20, eviction: true };
const answers = { [type]: { password: "p@ss/w=rd", endpoint: "eu1-redis.upstash.io", port: 33079 } };

const database = (changes: Partial<StateStoreArguments> = {}) =>
  registering((options) => new StateStore("state", { ...settings, ...changes }, options), answers);

describe("the database", () => {
  test("has the settings that keep it alive: TLS, a global region, a budget, protection", async () => {
    const { inputs, options } = (await database()).resource(type);
    expect(inputs).toMatchObject({
      databaseName: "brandvx",
      region: "global",
      primaryRegion: "us-east-1",
      tls: true,
      eviction: true,
      budget: 20,
    });
    expect(inputs).not.toHaveProperty("multizone");
    expect(options).toMatchObject({ protect: true, ignoreChanges: ["databaseName", "multizone", "consistent"] });
  });

  test("is not protected in a stack that may be thrown away", async () => {
    expect((await database({ protect: false })).resource(type).options.protect).toBe(false);
  });

  test("leaves the budget alone on the free plan, which has none", async () => {
    const { inputs, options } = (await database({ budget: "free" })).resource(type);
    expect(inputs).not.toHaveProperty("budget");
    expect(options.ignoreChanges).toEqual(["databaseName", "multizone", "consistent", "budget"]);
  });

  test("has an address over TLS that is secret, and that the server app takes", async () => {
    const { made } = await database();
    expect(await isSecret(made.url)).toBe(true);
    const url = await resolved(made.url);
    expect(url).toBe("rediss://default:p%40ss%2Fw%3Drd@eu1-redis.upstash.io:33079");
    expect(decodeURIComponent(new URL(url).password)).toBe("p@ss/w=rd");
    expect(environmentSchema("server").parse({ REDIS_URL: url })).toEqual({ REDIS_URL: url });
  });
});
