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
  /** Where the state is kept; default in memory. */
  file?: string;
  /** The only account that is let in; without it any e-mail and key are. */
  email?: string;
  apiKey?: string;
  /**
   * Hands out a real redis-server for a database: asked when one is created, when its password is reset, and for each
   * that the file holds. Without it (and where it answers `null`) the endpoint is plausible, but nothing listens there.
   */
  redis?: (database: { id: string; name: string; password: string }) => Promise<RedisConnection | null>;
}

/** Upstash's developer API on this machine (`/v2/redis/…`). */
export async function startUpstashTwin(options: UpstashTwinOptions = {}): Promise<Twin> {
  const { email, apiKey } = options;
  const store = openStore(options.file);
  const app = new Hono<TwinEnv>();
  app.use("/v2/*", async (c, next) => {
    const given = readBasic(c.req.header("Authorization"));
    const welcome =
      given !== null &&
      (email === undefined || sameSecret(given.user, email)) &&
      (apiKey === undefined ? given.password !== "" : sameSecret(given.password, apiKey));
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
    // Pulumi's plugin has no setting for another address: its requests come through the proxy.
    hostNames: [upstashHost],
    onStop: store.close,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
}
