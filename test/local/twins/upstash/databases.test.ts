import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { httpClient } from "../http-client.ts";
import { basic, brandvx, upstash } from "./support.ts";

const path = "/v2/redis/database";

describe("who may ask", () => {
  test("only the account, by its e-mail and key", async () => {
    const { twin } = await upstash({ email: "owner@example.com", apiKey: "right" });
    const ask = async (headers: Record<string, string>) => {
      const { status, body } = await httpClient(twin.url, headers).get("/v2/redis/databases");
      return [status, body];
    };
    expect(await ask({})).toEqual([401, "Unauthorized"]);
    expect(await ask(basic("owner@example.com", "wrong"))).toEqual([401, "Unauthorized"]);
    expect(await ask(basic("other@example.com", "right"))).toEqual([401, "Unauthorized"]);
    expect(await ask(basic("owner@example.com", "right"))).toEqual([200, []]);
  });
});

describe("a database", () => {
  test("always has TLS, whatever was asked for", async () => {
    const { api } = await upstash();
    const made = await api.post(path, { ...brandvx, tls: false });
    expect([made.status, made.body.tls]).toEqual([200, true]);
    expect((await api.post(`/v2/redis/enable-tls/${made.body.database_id}`, null)).status).toBe(200);
  });

  test("shows its secrets, unless they are to be hidden", async () => {
    const { api } = await upstash();
    const { database_id, password } = (await api.post(path, brandvx)).body;
    expect((await api.get(`${path}/${database_id}`)).body).toMatchObject({
      password,
      port: 6379,
      endpoint: expect.stringMatching(/^[a-z0-9-]+\.upstash\.io$/),
    });
    const hidden = (await api.get(`${path}/${database_id}?credentials=hide`)).body;
    expect(hidden).not.toHaveProperty("password");
    expect(hidden).not.toHaveProperty("rest_token");
    expect(JSON.stringify((await api.get("/v2/redis/databases")).body)).not.toContain(password);
  });

  test.each([
    ["in one region", { region: "eu-west-1" }, "regional db creation is deprecated"],
    ["without a primary region", { primary_region: undefined }, "primary_region is required for a global database"],
    ["in an unknown region", { primary_region: "moon-1" }, "invalid request: primary_region: unknown region"],
  ])("%s is refused with a JSON string", async (_, change, message) => {
    const { api } = await upstash();
    const { status, body } = await api.post(path, { ...brandvx, ...change });
    expect([status, body]).toEqual([400, message]);
  });

  test("may be asked for as the newer API does, by platform", async () => {
    const { api } = await upstash();
    const made = await api.post(path, { database_name: "new", platform: "aws", primary_region: "eu-west-1" });
    expect(made.body).toMatchObject({ region: "global", primary_region: "eu-west-1", budget: 20 });
  });

  test("is changed a setting at a time; a body of null is as good as none", async () => {
    const { api } = await upstash();
    const { database_id: id } = (await api.post(path, brandvx)).body;
    for (const [method, change, body] of [
      ["POST", "enable-eviction", null],
      ["POST", "enable-autoupgrade", null],
      ["POST", "enable-prodpack", undefined],
      ["PATCH", "update-budget", { budget: 40 }],
      ["POST", "update-regions", { read_regions: ["us-west-1"] }],
      ["POST", "update-allowlist", { allowed_ips: ["10.0.0.0/8"] }],
      ["POST", "rename", { name: "renamed" }],
    ] as const)
      expect((await api.send(method, `/v2/redis/${change}/${id}`, body)).status, change).toBe(200);
    expect((await api.get(`${path}/${id}`)).body).toMatchObject({
      eviction: true,
      auto_upgrade: true,
      prod_pack_enabled: true,
      budget: 40,
      read_regions: ["us-west-1"],
      allowed_ip_ranges: ["10.0.0.0/8"],
      database_name: "renamed",
    });
    await api.post(`/v2/redis/update-regions/${id}`, { read_regions: null });
    await api.post(`/v2/redis/update-allowlist/${id}`, { allowed_ips: null });
    await api.post(`/v2/redis/disable-eviction/${id}`);
    expect((await api.get(`${path}/${id}`)).body).toMatchObject({
      read_regions: [],
      allowed_ip_ranges: [],
      eviction: false,
    });
    const again = await api.post(`/v2/redis/enable-autoupgrade/${id}`);
    expect([again.status, again.body]).toEqual([400, "auto upgrade is already enabled"]);
  });

  test("gets another password when it is reset", async () => {
    const { api } = await upstash();
    const { database_id: id, password } = (await api.post(path, brandvx)).body;
    const reset = (await api.post(`/v2/redis/reset-password/${id}`)).body;
    expect(reset.password).not.toBe(password);
    expect((await api.get(`${path}/${id}`)).body.password).toBe(reset.password);
  });

  test("that was deleted is not found, in words", async () => {
    const { api } = await upstash();
    const { database_id: id } = (await api.post(path, brandvx)).body;
    expect((await api.delete(`${path}/${id}`, null)).status).toBe(200);
    for (const gone of [await api.get(`${path}/${id}`), await api.delete(`${path}/${id}`)])
      expect([gone.status, gone.body]).toEqual([404, "database not found"]);
  });
});

describe("a real server behind the database", () => {
  test("is asked for when a database is made and when its password is reset", async () => {
    const asked: { name: string; password: string }[] = [];
    const { api } = await upstash({
      redis: async ({ name, password }) => {
        asked.push({ name, password });
        return { endpoint: "127.0.0.1", port: 6400 + asked.length, tls: false };
      },
    });
    const made = (await api.post(path, brandvx)).body;
    expect(made).toMatchObject({ endpoint: "127.0.0.1", port: 6401, tls: true });
    expect(asked).toEqual([{ name: "brandvx", password: made.password }]);
    const reset = (await api.post(`/v2/redis/reset-password/${made.database_id}`)).body;
    expect(reset).toMatchObject({ port: 6402, password: asked[1]?.password });
  });

  test("is asked for again when the twin continues from its file", async ({ onTestFinished }) => {
    const folder = mkdtempSync(`${tmpdir()}/upstash-twin-`);
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = `${folder}/state.sqlite`;
    const first = await upstash({ file });
    const made = (await first.api.post(path, brandvx)).body;
    await first.twin.stop();
    const { api } = await upstash({ file, redis: async () => ({ endpoint: "127.0.0.1", port: 7001, tls: false }) });
    expect((await api.get(`${path}/${made.database_id}`)).body).toMatchObject({
      port: 7001,
      password: made.password,
    });
  });
});

test("an injected fault has Upstash's shape", async () => {
  const { twin, api } = await upstash();
  twin.faults.add({ match: { method: "POST" }, effect: { kind: "status", status: 500 } });
  const refused = await api.post(path, brandvx);
  expect([refused.status, refused.body]).toEqual([500, "internal server error"]);
  expect((await api.get("/v2/redis/databases")).body).toEqual([]);
});
