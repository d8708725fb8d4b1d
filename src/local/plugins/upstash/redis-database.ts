import { same } from "../kit/changes.ts";
import { type JsonClient, record, text } from "../kit/http.ts";
import { finish, type Resource } from "../kit/resource.ts";
import type { Shape } from "../kit/shape.ts";
import { isEmpty, type Properties, type Value } from "../kit/values.ts";

/** Switching on works in place; switching off replaces the database by a new, empty one. */
const offReplaces = (before: Value | undefined, after: Value | undefined) => before === true && after !== true;

const shape: Shape = {
  databaseName: { from: "required", type: "string", replaces: true },
  region: { from: "required", type: "string", replaces: true },
  primaryRegion: { from: "optional", type: "string", replaces: true },
  readRegions: { from: "optional", type: "set" },
  tls: { from: "optional", type: "boolean", default: false, replaces: offReplaces },
  consistent: { from: "optional", type: "boolean", default: false, replaces: offReplaces },
  multizone: { from: "optional", type: "boolean", default: false },
  eviction: { from: "optional", type: "boolean", default: false },
  autoScale: { from: "optional", type: "boolean", default: false },
  prodPack: { from: "optional", type: "boolean", default: false },
  budget: { from: "optional", type: "integer", default: 20 },
  ipAllowlists: { from: "optional", type: "set" },
  databaseId: { from: "computed", type: "string" },
  endpoint: { from: "computed", type: "string" },
  port: { from: "computed", type: "integer" },
  password: { from: "computed", type: "string" },
  restToken: { from: "computed", type: "string" },
  readOnlyRestToken: { from: "computed", type: "string" },
  state: { from: "computed", type: "string" },
  userEmail: { from: "computed", type: "string" },
  creationTime: { from: "computed", type: "integer" },
  databaseType: { from: "computed", type: "string" },
  dbMaxClients: { from: "computed", type: "integer" },
  dbMaxRequestSize: { from: "computed", type: "integer" },
  dbDiskThreshold: { from: "computed", type: "integer" },
  dbMaxEntrySize: { from: "computed", type: "integer" },
  dbMemoryThreshold: { from: "computed", type: "integer" },
  dbDailyBandwidthLimit: { from: "computed", type: "integer" },
  dbMaxCommandsPerSecond: { from: "computed", type: "integer" },
};

/** API names that are not the property's name in snake case. */
const apiNames: Record<string, string> = {
  autoScale: "auto_upgrade",
  prodPack: "prod_pack_enabled",
  ipAllowlists: "allowed_ip_ranges",
};
const apiName = (name: string) => apiNames[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const stateId = (uuid: string) => `upstash-database-${uuid}`;

/**
 * `upstash_redis_database` (terraform-provider-upstash v2.0.1: upstash/redis/database). A missing database is an error, not a
 * deletion; an import takes the plain uuid.
 */
export const redisDatabase: Resource<JsonClient> = {
  shape,
  secrets: [["password"], ["restToken"], ["readOnlyRestToken"]],

  async create(client, planned) {
    const { region, databaseName, tls, consistent, multizone, eviction, autoScale, prodPack, budget } = planned;
    const { body } = await client.send("POST", "/v2/redis/database", {
      region,
      database_name: databaseName,
      tls,
      consistent,
      multizone,
      eviction,
      auto_upgrade: autoScale,
      prod_pack_enabled: prodPack,
      budget,
      ...(isEmpty(planned.primaryRegion) ? {} : { primary_region: planned.primaryRegion }),
      ...(isEmpty(planned.readRegions) ? {} : { read_regions: planned.readRegions }),
    });
    const databaseId = text(record(body).database_id);
    const id = stateId(databaseId);
    return finish({ id, state: { ...planned, databaseId } }, async () => {
      if (!isEmpty(planned.ipAllowlists))
        await client.send("POST", `/v2/redis/update-allowlist/${databaseId}`, { allowed_ips: planned.ipAllowlists });
      return { id, state: await readState(client, databaseId, planned) };
    });
  },

  async read(client, id, state) {
    const databaseId = text(state?.databaseId) || id;
    const now = await readState(client, databaseId, state ?? {});
    return { id: stateId(text(now.databaseId)), state: now };
  },

  async update(client, _, state, planned) {
    const databaseId = text(state.databaseId);
    for (const { method, path, body } of updates(state, planned))
      await client.send(method, `/v2/redis/${path}/${databaseId}`, body);
    return readState(client, databaseId, planned);
  },

  async delete(client, _, { databaseId }) {
    await client.send("DELETE", `/v2/redis/database/${databaseId}`, null);
  },
};

/** The requests for a change, in the real plugin's order. Those without a body send `null`. */
function updates(before: Properties, after: Properties): { method: string; path: string; body: unknown }[] {
  const changed = (name: string) => !same(before[name], after[name]);
  const when = (name: string, path: string, body: unknown, method = "POST") =>
    changed(name) ? [{ method, path, body }] : [];
  const toggle = (name: string, path: string) =>
    when(name, `${after[name] === true ? "enable" : "disable"}-${path}`, null);
  return [
    ...when("readRegions", "update-regions", { read_regions: after.readRegions ?? null }),
    ...when("tls", "enable-tls", null),
    ...toggle("eviction", "eviction"),
    ...toggle("autoScale", "autoupgrade"),
    ...toggle("prodPack", "prodpack"),
    ...when("budget", "update-budget", { budget: after.budget }, "PATCH"),
    ...when("ipAllowlists", "update-allowlist", { allowed_ips: after.ipAllowlists ?? null }),
  ];
}

async function readState(client: JsonClient, databaseId: string, before: Properties): Promise<Properties> {
  const body = record((await client.send("GET", `/v2/redis/database/${databaseId}`)).body);
  const state: Record<string, Value> = {};
  for (const name of Object.keys(shape)) {
    const value = body[apiName(name)] as Value | undefined;
    // Empty lists are ignored: the real plugin does not notice that the last region or address was removed.
    const unread = (name === "readRegions" || name === "ipAllowlists") && isEmpty(value);
    const kept = unread ? before[name] : value;
    if (kept !== undefined && kept !== null) state[name] = kept;
  }
  return state;
}
