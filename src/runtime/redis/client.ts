import type { Redis, RedisOptions } from "ioredis";
import { type BreakerCommands, breakerScripts } from "./breaker-scripts.ts";

/** ioredis with the package's scripts as commands. */
export type Client = Redis & BreakerCommands & CacheCommands;

interface CacheCommands {
  /** Adds to a counter that lives for `ttlSeconds` from its first use. What is no integer counts as 0. */
  cacheIncrement(key: string, by: number, ttlSeconds: number): Promise<number>;
  /** Deletes the key if it still has the value. */
  deleteIfEqual(key: string, value: string): Promise<number>;
}

const scripts = {
  ...breakerScripts,
  cacheIncrement: {
    numberOfKeys: 1,
    lua: `
      local text = redis.call("get", KEYS[1])
      if text and string.match(text, "^-?%d+$") then return redis.call("incrby", KEYS[1], ARGV[1]) end
      redis.call("set", KEYS[1], ARGV[1], "EX", ARGV[2])
      return tonumber(ARGV[1])`,
  },
  deleteIfEqual: {
    numberOfKeys: 1,
    lua: `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0`,
  },
};

/**
 * What ioredis 6 does by default holds a call for 73 s while Redis is away, and for ever while it is paused. Here a
 * command fails at once when there is no connection, is never sent twice, and a connection without answers is replaced.
 */
const options = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  connectTimeout: 2_000,
  socketTimeout: 2_000,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
  // After a failover the old primary answers READONLY: the new one is found by connecting again.
  reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
  // Understood by every Redis service and proxy; nothing here needs RESP3.
  protocol: 2,
  scripts,
} satisfies RedisOptions;

/**
 * Opens a connection. ioredis is loaded here and nowhere else, so that an app without Redis needs none.
 * @throws where ioredis is not installed or the URL is none of Redis
 */
export async function openClient(url: string, connectionName: string): Promise<Client> {
  if (!/^rediss?:\/\//i.test(url)) throw new Error("REDIS_URL has to begin with redis:// or rediss://");
  const { Redis } = await import("ioredis");
  return new Redis(url, { ...options, connectionName }) as Client;
}
