import type { Redis, RedisOptions } from "ioredis";
import { scripts } from "./scripts.ts";
import type { UnexpectedValue } from "./shapes.ts";

/** ioredis with the package's scripts as commands. */
export type Client = Redis & ScriptCommands;

/** Each script's file in lua/ documents its arguments and result. */
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

/** Timeout of opening a connection, and of the first commands on it, in milliseconds. */
const handshakeMs = 2_000;

/**
 * By default, ioredis 6 holds a call for 73 s while Redis is down, and forever while it is paused. Here a command fails
 * immediately without a connection, and is never sent twice. The calls' deadlines detect a silent connection: ioredis's
 * `socketTimeout` would set a timer for each call, which costs a fifth of the call.
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

/** Replaces a connection that opens but stays silent; no call uses it before. */
function giveUpSilence(client: Client): void {
  let silence: NodeJS.Timeout | undefined;
  client.on("connect", () => {
    clearTimeout(silence);
    silence = setTimeout(() => client.disconnect(true), handshakeMs).unref();
  });
  for (const event of ["ready", "close"]) client.on(event, () => clearTimeout(silence));
}
