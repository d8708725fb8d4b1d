import { all, ComponentResource, type ComponentResourceOptions, type Output, secret } from "@pulumi/pulumi";
import { RedisDatabase } from "@upstash/pulumi/redisDatabase.js";
import { unlessDatabaseExists } from "./existing/redis.ts";
import type { RedisSettings } from "./settings/redis.ts";

export type StateStoreArguments = RedisSettings & {
  /**
   * Whether deletion needs a second step, because its data cannot be restored.
   * @default true
   */
  protect?: boolean;
};

/**
 * Redis at Upstash, where the backend keeps caches, limits and breakers.
 *
 * @example
 * new StateStore("state", { databaseName: "brandvx", primaryRegion: "us-east-1", budget: 20, eviction: true });
 */
export class StateStore extends ComponentResource {
  /** `rediss://…` with the password. Secret. */
  readonly url: Output<string>;

  constructor(name: string, args: StateStoreArguments, options?: ComponentResourceOptions) {
    super("brandvx:redis:StateStore", name, {}, options);
    const { databaseName, primaryRegion, readRegions, budget, eviction, existing, protect = true } = args;
    const database = new RedisDatabase(
      name,
      {
        databaseName,
        // Upstash refuses databases of a single region (upstash/pulumi-upstash#35).
        region: "global",
        primaryRegion,
        ...(readRegions ? { readRegions } : {}),
        // Always set: the plugin treats its absence as "off", which would need a new, empty database.
        tls: true,
        eviction,
        ...(budget === "free" ? {} : { budget }),
      },
      {
        parent: this,
        protect,
        ...(existing === undefined
          ? { hooks: unlessDatabaseExists(databaseName, { parent: this, protect }) }
          : { import: existing, retainOnDelete: true }),
        // The plugin would replace a database that was renamed in Upstash's console by a new, empty one; a refresh still shows the name.
        // Upstash answers these fields differently from what the plugin sends, so each preview would show a change.
        ignoreChanges: [
          ...["databaseName", "multizone", "consistent", ...(budget === "free" ? ["budget"] : [])],
          ...(existing === undefined ? [] : settingsOfItsOwn),
        ],
      },
    );
    this.url = secret(all([database.password, database.endpoint, database.port]).apply(redisUrl));
    this.registerOutputs({ url: this.url });
  }
}

/** Properties of an adopted database that are never changed. TLS is not among them, because the backend needs it. */
const settingsOfItsOwn = ["region", "primaryRegion", "readRegions", "eviction", "budget", "autoScale", "prodPack"];

const redisUrl = ([password, endpoint, port]: readonly [string, string, number]): string =>
  `rediss://default:${encodeURIComponent(password)}@${endpoint}:${port}`;
