import { helperPackage } from "../../../operate/catalog/installed.ts";
import type { BackendDeed } from "../story/deed.ts";

/** The part of the package's Redis helper that the backend calls. */
interface RedisHelper {
  initRedis(env: Readonly<Record<string, string | undefined>>): Promise<boolean>;
  closeRedis(): Promise<void>;
  cacheIncr(key: string, by?: number, ttlSeconds?: number): Promise<number>;
  cached<Value>(key: string, ttlSeconds: number, load: () => Value): Promise<Value>;
  emitEvent(event: string, properties: object, options: { tenant: string }): Promise<unknown>;
  rateLimit(
    bucket: string,
    options: { limit: number; windowSeconds: number; whenRedisIsDown: "local" },
  ): { take(tenant: string): Promise<unknown> };
  circuitBreaker(name: string, options: { failures: number }): { run(call: () => void): Promise<void> };
  readonly keys: { kpis(tenant: string): string };
}

/** The backend's state in Redis about the messages that it sends. */
export interface BackendState {
  note(deed: BackendDeed): Promise<void>;
  close(): Promise<void>;
}

/** Opens Redis with the package's helper, which falls back to this process's memory while Redis is down. */
export async function openBackendState(env: Readonly<Record<string, string | undefined>>): Promise<BackendState> {
  const helper = (await import(`${helperPackage}/redis`)) as RedisHelper;
  await helper.initRedis(env);
  const sending = helper.rateLimit("cadence.send", { limit: 120, windowSeconds: 60, whenRedisIsDown: "local" });
  const gateway = helper.circuitBreaker("sms-gateway", { failures: 3 });
  return {
    close: helper.closeRedis,
    async note({ event, tenant, properties }) {
      if (event === "cadence.message_queued") await sending.take(tenant);
      else await through(gateway, properties);
      await helper.cacheIncr(`messages:${event.split("_").at(-1)}`);
      await helper.cached(helper.keys.kpis(tenant), 300, () => ({ lastMessage: event, at: new Date().toISOString() }));
      await helper.emitEvent(event, properties, { tenant });
    },
  };
}

/** The breaker counts each call of the SMS gateway. It throws the call's own error, or one that says that it is open. */
async function through(
  gateway: ReturnType<RedisHelper["circuitBreaker"]>,
  { channel, error }: BackendDeed["properties"],
) {
  if (channel !== "sms") return;
  const call = () => {
    if (typeof error === "string" && error.startsWith("sms gateway")) throw new Error(error);
  };
  await gateway.run(call).catch(() => {});
}
