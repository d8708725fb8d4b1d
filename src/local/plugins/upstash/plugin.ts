import type { JsonClient } from "../kit/http.ts";
import type { Plugin } from "../kit/resource.ts";
import { upstashClient } from "./client.ts";
import { redisDatabase } from "./redis-database.ts";

/** Stands in for the plugin of @upstash/pulumi. */
export const upstashPlugin: Plugin<JsonClient> & { name: "upstash" } = {
  name: "upstash",
  resources: { "upstash:index/redisDatabase:RedisDatabase": redisDatabase },
  configure: (config) => upstashClient(config),
};
