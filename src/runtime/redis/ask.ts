import { rootCertificates } from "node:tls";
import { checkOperations, type Refusals } from "./check.ts";
import type { Client } from "./client.ts";
import { isOfDatabase } from "./outcome.ts";
import { scripts } from "./scripts.ts";

export interface ProbeOptions {
  /** Additional certificate authority, as PEM. */
  readonly authority: string | undefined;
  /** Timeout of connecting and of each command, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Tests from outside, over a new connection, which of the helpers' operations a Redis refuses; an answer to PING does not
 * show that. Returns a text with the reason, without the address, when it cannot be reached or refuses the log-in.
 */
export async function askRedis(url: string, { authority, timeoutMs }: ProbeOptions): Promise<Refusals | string> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    ...(authority !== undefined && { tls: { ca: [...rootCertificates, authority] } }),
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableOfflineQueue: false,
    protocol: 2,
    scripts,
  });
  let last: Error | undefined;
  redis.on("error", (error: Error) => {
    last = error;
  });
  try {
    await redis.connect();
    if (isOfDatabase(last)) throw last;
    const refusals = await checkOperations(redis as Client);
    const all = refusals.get("read");
    return all && refusals.size === 4 && /^(?:NOAUTH|LOADING)/.test(all.word) ? all.said : refusals;
  } catch (error) {
    const cause = (last ?? error) as NodeJS.ErrnoException;
    return cause.code ?? cause.message;
  } finally {
    redis.disconnect();
  }
}

/** E.g. "writes, scripts (OOM command not allowed when used memory > 'maxmemory'.)". */
export function refusedInWords(refusals: Refusals): string {
  const said = new Set([...refusals.values()].map((refusal) => refusal.said));
  return `${[...refusals.keys()].map((operation) => `${operation}s`).join(", ")} (${[...said].join("; ")})`;
}
