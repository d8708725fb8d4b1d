import { Hono } from "hono";
import { openStore, readBasic, refusal, sameSecret, startTwin, type Twin, type TwinEnv } from "../kit/index.ts";
import type { RedisConnection, StoredDatabase } from "./database.ts";
import { type DatabaseParts, databaseRoutes, reconnected } from "./databases.ts";
import { upstashError, upstashHost } from "./http.ts";

export type { RedisConnection } from "./database.ts";
export { startUpstashProxy, type UpstashProxy } from "./proxy.ts";

export interface UpstashTwinOptions {
  /** Default 0: any free port. */
  port?: number;
  /** File for the state; default in memory. */
  file?: string;
  /** The only accepted account. Default: any e-mail and key. */
  email?: string;
  apiKey?: string;
  /**
   * Starts a real redis-server for a database: called when one is created, when its password is reset, and for each in
   * the file. Without it (and when it returns `null`) the endpoint looks real, but nothing listens there.
   */
  redis?: (database: { id: string; name: string; password: string }) => Promise<RedisConnection | null>;
}

/** Upstash's developer API on this machine (`/v2/redis/…`). */
export async function startUpstashTwin(options: UpstashTwinOptions = {}): Promise<Twin> {
  const { email, apiKey } = options;
  const store = openStore(options.file);
  const app = new Hono<TwinEnv>();
  app.use("/v2/*", async (c, next) => {
    const credentials = readBasic(c.req.header("Authorization"));
    const welcome =
      credentials !== null &&
      (email === undefined || sameSecret(credentials.user, email)) &&
      (apiKey === undefined ? credentials.password !== "" : sameSecret(credentials.password, apiKey));
    if (!welcome) throw refusal(401, "Unauthorized");
    await next();
  });
  const parts: DatabaseParts = {
    app,
    databases: store.collection<StoredDatabase>("database"),
    owner: email ?? "owner@example.com",
    connect: options.redis ?? (async () => null),
  };
  for (const database of parts.databases.all()) parts.databases.put(await reconnected(parts, database));
  databaseRoutes(parts);

  return startTwin({
    name: "upstash",
    app,
    errorResponse: upstashError,
    // Pulumi's plugin has no setting for another address: its requests arrive through the proxy.
    hostNames: [upstashHost],
    onStop: store.close,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
}
