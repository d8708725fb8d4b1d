import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { httpClient } from "../http-client.ts";
import { render } from "./support.ts";

const problem = (message: string) => ({ id: expect.any(String), message });
const numbered = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`V_${index}`, String(index)]));

test("only the key is let in", async () => {
  const { twin, service } = await render({ apiKey: "right" });
  const ask = (key: string) => httpClient(twin.url, { Authorization: `Bearer ${key}` }).get(service);
  expect((await ask("right")).status).toBe(200);
  const wrong = await ask("wrong");
  expect([wrong.status, wrong.body]).toEqual([401, problem("Unauthorized")]);
});

describe("services", () => {
  test("are listed by name, type and owner, and found by id", async () => {
    const { twin, api, id } = await render();
    twin.addService({ name: "nightly", type: "cron_job" });
    const names = async (query: string) =>
      (await api.get(`/v1/services${query}`)).body.map((item: { service: { name: string } }) => item.service.name);
    expect(await names("")).toEqual(["backend", "nightly"]);
    expect(await names("?name=nightly")).toEqual(["nightly"]);
    expect(await names("?type=web_service,private_service")).toEqual(["backend"]);
    const [{ owner }] = (await api.get("/v1/owners")).body;
    expect((await api.get(`/v1/services/${id}`)).body).toMatchObject({ name: "backend", ownerId: owner.id });
    const missing = await api.get("/v1/services/srv-none");
    expect([missing.status, missing.body]).toEqual([404, problem("not found: service: srv-none")]);
  });

  test("are made and deleted over the API, too", async () => {
    const { api, twin } = await render();
    const made = await api.post("/v1/services", {
      type: "web_service",
      name: "worker",
      ownerId: "tea-1",
      envVars: [{ key: "A", value: "1" }],
    });
    expect(made.status).toBe(201);
    expect(twin.variables(made.body.service.id)).toEqual({ A: "1" });
    expect((await api.delete(`/v1/services/${made.body.service.id}`)).status).toBe(204);
    expect(twin.serviceId("worker")).toBeNull();
  });
});

describe("variables", () => {
  /** As a client reads them: page after page, until one is empty. */
  async function readAll({ api, service }: Awaited<ReturnType<typeof render>>, limit?: number) {
    const found: Record<string, string> = {};
    let cursor = "";
    for (let requests = 1; ; requests += 1) {
      const { body } = await api.get(
        `${service}/env-vars?cursor=${encodeURIComponent(cursor)}${limit === undefined ? "" : `&limit=${limit}`}`,
      );
      for (const { envVar } of body) found[envVar.key] = envVar.value;
      if (body.length === 0) return { found, requests };
      cursor = body.at(-1).cursor;
    }
  }

  test("come twenty at a time, and an empty page is the end", async () => {
    const started = await render({ services: [{ name: "backend", envVars: numbered(45) }] });
    expect(await readAll(started)).toEqual({ found: numbered(45), requests: 4 });
  });

  test("are read whole for any number and any page size", async () => {
    const { api, service, twin, id } = await render();
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 100 }), async (count, limit) => {
        await api.put(
          `${service}/env-vars`,
          Object.entries(numbered(count)).map(([key, value]) => ({ key, value })),
        );
        expect((await readAll({ api, service, twin, id }, limit)).found).toEqual(numbered(count));
      }),
      { numRuns: 15 },
    );
  });

  test("are written one at a time without touching the others, and nothing is deployed", async () => {
    const { api, service, twin, id } = await render({ services: [{ name: "backend", envVars: { THEIRS: "1" } }] });
    expect((await api.get(`${service}/env-vars/OURS`)).status).toBe(404);
    const written = await api.put(`${service}/env-vars/OURS`, { value: "2" });
    expect([written.status, written.body]).toEqual([200, { key: "OURS", value: "2" }]);
    await api.put(`${service}/env-vars/OURS`, { value: "3" });
    expect(twin.variables(id)).toEqual({ THEIRS: "1", OURS: "3" });
    expect((await api.delete(`${service}/env-vars/OURS`)).status).toBe(204);
    expect((await api.delete(`${service}/env-vars/OURS`)).status).toBe(404);
    expect(twin.variables(id)).toEqual({ THEIRS: "1" });
    expect(twin.deploys(id)).toEqual([]);
  });

  test("are all replaced by a bulk write", async () => {
    const { api, service, twin, id } = await render({ services: [{ name: "backend", envVars: { THEIRS: "1" } }] });
    const { body } = await api.put(`${service}/env-vars`, [
      { key: "OURS", value: "2" },
      { key: "MADE", generateValue: true },
    ]);
    expect(body.map((item: { envVar: { key: string } }) => item.envVar.key)).toEqual(["OURS", "MADE"]);
    expect(Object.keys(twin.variables(id) ?? {})).toEqual(["OURS", "MADE"]);
    expect(twin.variables(id)?.MADE).toMatch(/^.{40,}$/);
  });

  test.each([
    ["a bulk body that is wrapped", "", { body: [{ key: "A", value: "1" }] }],
    [
      "a key twice",
      "",
      [
        { key: "A", value: "1" },
        { key: "A", value: "2" },
      ],
    ],
    ["a key that starts with a digit", "/1A", { value: "1" }],
    ["no value", "/A", {}],
  ])("with %s are refused", async (_, path, body) => {
    const { api, service, twin, id } = await render({ services: [{ name: "backend", envVars: { THEIRS: "1" } }] });
    expect((await api.put(`${service}/env-vars${path}`, body)).status).toBe(400);
    expect(twin.variables(id)).toEqual({ THEIRS: "1" });
  });

  test("have no page of more than a hundred", async () => {
    const { api, service } = await render();
    expect((await api.get(`${service}/env-vars?limit=101`)).status).toBe(400);
  });
});

describe("a deploy", () => {
  test("goes live step by step, with the variables of its start, and retires the one before", async () => {
    const { api, service, twin, id } = await render({ services: [{ name: "backend", envVars: { A: "1" } }] });
    const goLive = async () => {
      const made = await api.post(`${service}/deploys`, {});
      expect(made.status).toBe(201);
      const statuses = [made.body.status];
      while (statuses.at(-1) !== "live")
        statuses.push((await api.get(`${service}/deploys/${made.body.id}`)).body.status);
      return statuses;
    };
    expect(await goLive()).toEqual(["created", "build_in_progress", "update_in_progress", "live"]);
    await api.put(`${service}/env-vars/A`, { value: "2" });
    await goLive();
    expect(twin.deploys(id).map(({ status, env }) => [status, env])).toEqual([
      ["deactivated", { A: "1" }],
      ["live", { A: "2" }],
    ]);
    const listed = (await api.get(`${service}/deploys?status=live`)).body;
    expect(listed.map((item: { deploy: { id: string } }) => item.deploy.id)).toEqual([twin.deploys(id)[1]?.id]);
  });

  test("is queued behind another when the twin is told so", async () => {
    const { api, service, twin, id } = await render({ whenBusy: "queue" });
    expect((await api.post(`${service}/deploys`, {})).status).toBe(201);
    const queued = await api.post(`${service}/deploys`, {});
    expect([queued.status, queued.body]).toEqual([202, null]);
    expect(twin.deploys(id).map(({ status }) => status)).toEqual(["created", "queued"]);
  });

  test("of the last build cannot be asked to build something", async () => {
    const { api, service } = await render();
    expect((await api.post(`${service}/deploys`, { deployMode: "deploy_only", clearCache: "clear" })).status).toBe(400);
    expect((await api.post(`${service}/deploys`, { clearCache: true })).status).toBe(400);
  });

  test("is canceled while it runs; a service restarts, a cron job does not", async () => {
    const { api, service, twin } = await render();
    const { id } = (await api.post(`${service}/deploys`)).body;
    expect((await api.post(`${service}/deploys/${id}/cancel`)).body.status).toBe("canceled");
    expect((await api.post(`${service}/deploys/${id}/cancel`)).status).toBe(400);
    expect((await api.post(`${service}/restart`)).status).toBe(200);
    const cron = twin.addService({ name: "nightly", type: "cron_job" });
    expect((await api.post(`/v1/services/${cron}/restart`)).status).toBe(400);
  });
});

describe("limits", () => {
  test("are told on every answer, and refuse nothing by default", async () => {
    const { api, service } = await render();
    const limit = async (method: string, path: string, body?: unknown) =>
      (await api.send(method, `${service}${path}`, body)).headers.get("Ratelimit-Limit");
    expect(await limit("GET", "/env-vars")).toBe("400");
    expect(await limit("PUT", "/env-vars/A", { value: "1" })).toBe("100");
    expect(await limit("POST", "/deploys", {})).toBe("10");
    for (let number = 0; number < 12; number += 1) expect(await limit("POST", "/deploys", {})).toBe("10");
  });

  test("hold when they are on, until the minute is over", async () => {
    let now = 0;
    const { api, service } = await render({ limits: true, now: () => now });
    const write = () => api.put(`${service}/env-vars/A`, { value: "1" });
    for (let number = 0; number < 30; number += 1) expect((await write()).status).toBe(200);
    now = 20_000;
    const refused = await write();
    expect([refused.status, refused.body, refused.headers.get("Retry-After")]).toEqual([
      429,
      problem("rate limit exceeded"),
      "40",
    ]);
    expect(refused.headers.get("Ratelimit-Remaining")).toBe("0");
    expect((await api.get(service)).status).toBe(200);
    now = 60_000;
    expect((await write()).status).toBe(200);
  });
});

test("an injected fault has Render's shape, and a lost answer was committed", async () => {
  const { twin, api, service, id } = await render();
  twin.faults.add({ match: { method: "PUT" }, effect: { kind: "status", status: 403 } });
  twin.faults.add({ match: { method: "PUT" }, effect: { kind: "reset-after" } });
  const refused = await api.put(`${service}/env-vars/A`, { value: "1" });
  expect([refused.status, Object.keys(refused.body)]).toEqual([403, ["id", "message"]]);
  await expect(api.put(`${service}/env-vars/A`, { value: "1" })).rejects.toThrow();
  expect(twin.variables(id)).toEqual({ A: "1" });
});
