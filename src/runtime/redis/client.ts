import type { Redis, RedisOptions } from "ioredis";
import { scripts } from "./scripts.ts";
import type { UnexpectedValue } from "./shapes.ts";

/** ioredis with the package's scripts as commands. */
export type Client = Redis & ScriptCommands;

/** What each script takes and gives stands in its file in lua/. */
interface ScriptCommands {
  limitTake(
    counter: string,
    factor: string,
    cost: number,
    windowSeconds: number,
    limit: number,
  ): Promise<
    [counted: 0 | 1, total: number, resetsInMs: number, limit: number, factor: string, found: UnexpectedValue]
  >;
  breakerEnter(
    fail: string,
    open: string,
    threshold: number,
    trialMs: number,
    token: string,
    openMs: number,
  ): Promise<[state: "closed" | "half-open" | "open", detail: number, holder?: "open" | "trial"]>;
  breakerFail(
    fail: string,
    open: string,
    threshold: number,
    windowMs: number,
    openMs: number,
    token: string,
  ): Promise<"closed" | "open" | "late">;
  breakerSucceed(fail: string, open: string, threshold: number, token: string): Promise<"closed" | "late">;
  cacheIncrement(key: string, by: number, ttlSeconds: number): Promise<[value: number, found: UnexpectedValue]>;
}

/** Longest that opening a connection may take, and then what is said first on it. */
const handshakeMs = 2_000;

/**
 * What ioredis 6 does by default holds a call for 73 s while Redis is away, and for ever while it is paused. Here a
 * command fails at once when there is no connection, and is never sent twice. That nothing answers on a connection is told by
 * the deadlines of the calls: ioredis's own `socketTimeout` sets a timer for each, which costs a fifth of a call.
 */
const options = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  connectTimeout: handshakeMs,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
  // Understood by every Redis service and proxy; nothing here needs RESP3.
  protocol: 2,
  scripts,
} satisfies RedisOptions;

/**
 * Opens a connection. ioredis is loaded here and nowhere else, so that an app without Redis needs none.
 * @throws where ioredis is not installed
 */
export async function openClient(url: string, connectionName: string): Promise<Client> {
  const { Redis } = await import("ioredis");
  const client = new Redis(url, { ...options, connectionName }) as Client;
  giveUpSilence(client);
  return client;
}

/** A connection that opens and says nothing, before which no call is made, is replaced. */
function giveUpSilence(client: Client): void {
  let silence: NodeJS.Timeout | undefined;
  client.on("connect", () => {
    clearTimeout(silence);
    silence = setTimeout(() => client.disconnect(true), handshakeMs).unref();
  });
  for (const event of ["ready", "close"]) client.on(event, () => clearTimeout(silence));
}
