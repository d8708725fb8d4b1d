import { describe, expect, test } from "vitest";
import { secret } from "../../../src/local/plugins/kit/values.ts";
import { upstashClient } from "../../../src/local/plugins/upstash/client.ts";
import { upstashPlugin } from "../../../src/local/plugins/upstash/plugin.ts";
import { upstash } from "../twins/upstash/support.ts";
import { engineFor } from "./engine.ts";

const type = "upstash:index/redisDatabase:RedisDatabase";
const inputs = { databaseName: "brandvx", region: "global", primaryRegion: "us-east-1", tls: true, budget: 20 };

async function database() {
  const { twin, api } = await upstash();
  // The real plugin has no setting for its address, so the stand-in takes it only from its environment.
  const plugin = {
    ...upstashPlugin,
    configure: (config: Readonly<Record<string, string>>) => upstashClient(config, { UPSTASH_API_BASE_URL: twin.url }),
  };
  const engine = await engineFor(plugin, type, { email: "owner@example.com", apiKey: "key" });
  const { id, state } = await engine.create(inputs);
  return { twin, api, engine, id, state: clear(state), marked: state };
}

/** As the engine returns a state: secrets in plain text. */
function clear(state: Record<string, unknown>): Record<string, never> {
  const value = (held: unknown) =>
    typeof held === "object" && held !== null && "value" in held ? (held as { value: unknown }).value : held;
  return Object.fromEntries(Object.entries(state).map(([name, held]) => [name, value(held) as never]));
}

test("missing credentials are named, with the command that sets them", () => {
  expect(() => upstashClient({}, {})).toThrow(/"upstash:email": set it with pulumi config set upstash:email/);
  expect(() => upstashClient({ email: "a@b.c" }, {})).toThrow(/pulumi config set --secret upstash:apiKey/);
});

describe("a database", () => {
  test("is known in the state by a prefixed id, and has secret outputs", async () => {
    const { id, marked } = await database();
    expect(id).toBe(`upstash-database-${marked.databaseId}`);
    for (const name of ["password", "restToken", "readOnlyRestToken"] as const)
      expect(marked[name]).toEqual(secret(expect.any(String)));
    expect(marked.userEmail).toBe("owner@example.com");
  });

  test.each([
    ["nothing", {}, false, {}],
    ["eviction", { eviction: true }, false, { eviction: "UPDATE" }],
    ["the budget, left out", { budget: null }, false, {}],
    ["the plan's own growth", { autoScale: true, prodPack: true }, false, { autoScale: "UPDATE", prodPack: "UPDATE" }],
    ["read regions", { readRegions: ["us-west-1"] }, false, { readRegions: "ADD" }],
    ["TLS off", { tls: false }, true, { tls: "UPDATE_REPLACE" }],
    ["TLS left out", { tls: null }, true, { tls: "UPDATE_REPLACE" }],
    ["another name", { databaseName: "other" }, true, { databaseName: "UPDATE_REPLACE" }],
    ["another primary region", { primaryRegion: "eu-west-1" }, true, { primaryRegion: "UPDATE_REPLACE" }],
  ])("with a change of %s", async (_, change, replaces, details) => {
    const { engine, state } = await database();
    const diff = await engine.diff(state, { ...inputs, ...change });
    expect(diff.details).toEqual(details);
    expect(diff.replaces.length > 0).toBe(replaces);
    expect(diff.changes).toBe(Object.keys(details).length > 0);
  });

  test("is changed by one request a setting, in the real plugin's order", async () => {
    const { engine, id, state, twin } = await database();
    twin.requests.clear();
    await engine.update(id, state, {
      ...inputs,
      ipAllowlists: ["10.0.0.0/8"],
      budget: 40,
      prodPack: true,
      autoScale: true,
      eviction: true,
      readRegions: ["us-west-1"],
    });
    expect(twin.requests.all().map(({ method, path, body }) => [method, path.split("/")[3], body])).toEqual([
      ["POST", "update-regions", { read_regions: ["us-west-1"] }],
      ["POST", "enable-eviction", null],
      ["POST", "enable-autoupgrade", null],
      ["POST", "enable-prodpack", null],
      ["PATCH", "update-budget", { budget: 40 }],
      ["POST", "update-allowlist", { allowed_ips: ["10.0.0.0/8"] }],
      ["GET", "database", null],
    ]);
  });

  test("that multizone was switched on for shows a change for ever, unless it is ignored", async () => {
    const { engine, id, state, twin } = await database();
    const drifted = { ...state, multizone: true };
    expect((await engine.diff(drifted, inputs)).details).toEqual({ multizone: "UPDATE" });
    expect((await engine.diff(drifted, inputs, ["multizone"])).changes).toBe(false);
    twin.requests.clear();
    await engine.update(id, drifted, inputs);
    expect(twin.requests.writes()).toEqual([]);
  });

  test("whose last read region went by hand still has it in the state: the real plugin does not look", async () => {
    const { engine, id, state, api } = await database();
    const after = clear(await engine.update(id, state, { ...inputs, readRegions: ["us-west-1"] }));
    await api.post(`/v2/redis/update-regions/${state.databaseId}`, { read_regions: [] });
    expect((await engine.read(id, after)).state.readRegions).toEqual(["us-west-1"]);
  });

  test("is imported by its bare id; gone it is an error, to read and to delete", async () => {
    const { engine, id, state } = await database();
    expect((await engine.read(String(state.databaseId))).id).toBe(id);
    await expect(engine.read(id)).rejects.toThrow(/404 database not found/);
    await engine.delete(id, state);
    await expect(engine.read(id, state)).rejects.toThrow(/404 database not found/);
    await expect(engine.delete(id, state)).rejects.toThrow(/404 database not found/);
  });

  test("is refused with Upstash's own words, and nothing is tried twice", async () => {
    const { engine, twin } = await database();
    twin.requests.clear();
    await expect(engine.create({ ...inputs, region: "eu-west-1" })).rejects.toThrow(
      /400 regional db creation is deprecated/,
    );
    twin.faults.add({ match: {}, effect: { kind: "status", status: 500 }, times: "always" });
    await expect(engine.create(inputs)).rejects.toThrow(/500/);
    expect(twin.requests.all()).toHaveLength(2);
  });
});
