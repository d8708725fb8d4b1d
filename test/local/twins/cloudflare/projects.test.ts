import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergePatch } from "../../../../src/local/twins/cloudflare/merge.ts";
import { httpClient } from "../http-client.ts";
import { account, cloudflare, cloudflareWithProject, plain, project, projects, secret } from "./support.ts";

const failure = (code: number, message?: string) => ({
  success: false,
  errors: [{ code, message: message ?? expect.any(String) }],
  messages: [],
  result: null,
});

describe("who may ask", () => {
  test("a token that is verified, for its own account", async () => {
    const { twin } = await cloudflare({ apiToken: "right", accountId: account });
    const ask = async (path: string, headers: Record<string, string>) => {
      const { status, body } = await httpClient(twin.url, headers).get(path);
      return [status, body];
    };
    const right = { Authorization: "Bearer right" };
    expect(await ask("/client/v4/user/tokens/verify", right)).toEqual([
      200,
      { success: true, errors: [], messages: [], result: { id: expect.any(String), status: "active" } },
    ]);
    expect(await ask("/client/v4/user/tokens/verify", { Authorization: "Bearer wrong" })).toEqual([
      401,
      failure(1000, "Invalid API Token"),
    ]);
    expect(await ask(projects, { Authorization: "Bearer wrong" })).toEqual([401, failure(10000)]);
    expect(await ask(projects, {})).toEqual([400, failure(9106)]);
    expect(await ask("/client/v4/accounts/other/pages/projects", right)).toEqual([403, failure(10000)]);
  });
});

describe("a project", () => {
  test("is filled up with what Cloudflare sets by itself, in both environments", async () => {
    const { api } = await cloudflare();
    const { body } = await api.post(projects, { name: "operator-ui", production_branch: "main" });
    expect(body.result).toMatchObject({
      name: "operator-ui",
      subdomain: "operator-ui.pages.dev",
      domains: ["operator-ui.pages.dev"],
      canonical_deployment: null,
      deployment_configs: { preview: { fail_open: true, env_vars: {} }, production: { build_image_major_version: 3 } },
    });
  });

  test("never shows a secret again, but keeps it", async () => {
    const { twin, read } = await cloudflareWithProject();
    expect((await read()).deployment_configs.production.env_vars.TOKEN).toEqual(secret(""));
    expect(twin.variables("operator-ui")?.TOKEN).toEqual(secret("s1"));
  });

  test("with a taken name is a conflict that is not to be repeated", async () => {
    const { api } = await cloudflareWithProject();
    const refused = await api.post(projects, { name: "operator-ui", production_branch: "main" });
    expect([refused.status, refused.body]).toEqual([409, failure(8000002)]);
    expect(refused.headers.get("x-should-retry")).toBe("false");
  });

  test.each([
    ["a name with capitals", { name: "Operator", production_branch: "main" }],
    ["no production branch", { name: "operator-ui" }],
    [
      "a variable of another type",
      {
        name: "x",
        production_branch: "main",
        deployment_configs: { production: { env_vars: { A: { type: "text", value: "" } } } },
      },
    ],
  ])("with %s is refused", async (_, body) => {
    const { api } = await cloudflare();
    expect((await api.post(projects, body)).status).toBe(400);
  });

  test("that is not there is not found by any request", async () => {
    const { api } = await cloudflare();
    for (const answer of [await api.get(project), await api.patch(project, {}), await api.delete(project)])
      expect([answer.status, answer.body]).toEqual([404, failure(8000007)]);
  });

  test("belongs to one account", async () => {
    const { api } = await cloudflareWithProject();
    expect((await api.get(project.replace(account, "another"))).status).toBe(404);
    expect((await api.get(projects)).body.result_info).toMatchObject({ count: 1, total_count: 1 });
  });
});

describe("a PATCH", () => {
  test("of own variables leaves foreign ones, bindings and build settings alone", async () => {
    const { api, read } = await cloudflareWithProject();
    const before = await read();
    await api.patch(project, { deployment_configs: { production: { env_vars: { OWN: plain("1") } } } });
    const after = await read();
    expect(after.deployment_configs.production.env_vars).toEqual({
      FOREIGN: plain("theirs"),
      OWN: plain("1"),
      TOKEN: secret(""),
    });
    expect(after.deployment_configs.preview).toEqual(before.deployment_configs.preview);
    expect(after.deployment_configs.production.kv_namespaces).toEqual({ CACHE: { namespace_id: "kv-1" } });
    expect(after.build_config).toEqual(before.build_config);
  });

  test("removes with null: a variable, a setting, all variables", async () => {
    const { api, twin, read } = await cloudflareWithProject();
    await api.patch(project, { deployment_configs: { production: { env_vars: { FOREIGN: null }, placement: null } } });
    expect(Object.keys(twin.variables("operator-ui") ?? {})).toEqual(["TOKEN"]);
    expect((await read()).deployment_configs.production).not.toHaveProperty("placement");
    await api.patch(project, { deployment_configs: { production: { env_vars: null } } });
    expect(twin.variables("operator-ui")).toEqual({});
  });

  test("of nothing changes nothing", async () => {
    const { api, read } = await cloudflareWithProject();
    const before = await read();
    await api.patch(project, {});
    expect(await read()).toEqual(before);
  });

  test("of a type alone keeps the value", async () => {
    const { api, twin } = await cloudflareWithProject();
    await api.patch(project, {
      deployment_configs: { production: { env_vars: { FOREIGN: { type: "secret_text" } } } },
    });
    expect(twin.variables("operator-ui")?.FOREIGN).toEqual(secret("theirs"));
  });

  test.each([
    ["keep-type", 200, secret("s2")],
    ["plain-text", 200, plain("s2")],
    ["refuse", 400, secret("s1")],
  ] as const)("of a value alone does what the twin was told: %s", async (typelessVariables, status, expected) => {
    const { api, twin } = await cloudflareWithProject({ typelessVariables });
    const answer = await api.patch(project, {
      deployment_configs: { production: { env_vars: { TOKEN: { value: "s2" } } } },
    });
    expect(answer.status).toBe(status);
    expect(twin.variables("operator-ui")?.TOKEN).toEqual(expected);
  });

  test("is applied whole or not at all", async () => {
    const { api, twin } = await cloudflareWithProject();
    const change = { env_vars: { OWN: plain("1"), BAD: { type: "plain_text", value: 7 } } };
    expect((await api.patch(project, { deployment_configs: { production: change } })).status).toBe(400);
    expect(Object.keys(twin.variables("operator-ui") ?? {})).toEqual(["FOREIGN", "TOKEN"]);
  });
});

test("merging twice is merging once, and what a patch does not name stays (RFC 7396)", () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: "small" }, fc.string(), fc.integer(), fc.constant(null), tie("object")),
    object: fc.dictionary(fc.constantFrom("a", "b", "c", "d"), tie("value")),
  })).object;
  fc.assert(
    fc.property(json, json, (target, patch) => {
      const merged = mergePatch(target, patch) as Record<string, unknown>;
      expect(mergePatch(merged, patch)).toEqual(merged);
      for (const key of Object.keys(target)) if (!(key in patch)) expect(merged[key]).toEqual(target[key]);
      for (const [key, value] of Object.entries(patch)) if (value === null) expect(merged).not.toHaveProperty(key);
    }),
  );
});

describe("a deployment", () => {
  test("has the variables of its moment; later ones reach the next", async () => {
    const { api, read } = await cloudflareWithProject();
    const first = (await api.post(`${project}/deployments`)).body.result;
    await api.patch(project, { deployment_configs: { production: { env_vars: { OWN: plain("1") } } } });
    expect(first.env_vars).toEqual({ FOREIGN: plain("theirs"), TOKEN: secret("") });
    expect((await read()).canonical_deployment.env_vars).not.toHaveProperty("OWN");
    await api.post(`${project}/deployments/${first.id}/retry`);
    expect((await read()).canonical_deployment.env_vars.OWN).toEqual(plain("1"));
    expect((await api.get(`${project}/deployments?env=production`)).body.result).toHaveLength(2);
    expect((await api.delete(`${project}/deployments/${first.id}`)).status).toBe(200);
    expect((await api.get(`${project}/deployments/${first.id}`)).status).toBe(404);
  });
});

describe("a domain", () => {
  test("is added once, listed with the project, and removed", async () => {
    const { api, read } = await cloudflareWithProject();
    const domains = `${project}/domains`;
    expect((await api.post(domains, { name: "app.brandvx.io" })).body.result).toMatchObject({ status: "active" });
    expect((await api.post(domains, { name: "app.brandvx.io" })).status).toBe(409);
    expect((await read()).domains).toEqual(["operator-ui.pages.dev", "app.brandvx.io"]);
    expect((await api.patch(`${domains}/app.brandvx.io`, {})).status).toBe(200);
    expect((await api.delete(`${domains}/app.brandvx.io`)).status).toBe(200);
    expect((await api.get(`${domains}/app.brandvx.io`)).status).toBe(404);
  });
});

test("injected faults have Cloudflare's shape, and say whether to repeat", async () => {
  const { twin, api } = await cloudflare();
  twin.faults.add({ match: {}, effect: { kind: "status", status: 429, retryAfterSeconds: 7 } });
  twin.faults.add({ match: {}, effect: { kind: "status", status: 503 } });
  const [limited, broken] = [await api.get(projects), await api.get(projects)];
  expect([limited.status, limited.headers.get("Retry-After"), limited.headers.get("x-should-retry")]).toEqual([
    429,
    "7",
    null,
  ]);
  expect([broken.status, broken.headers.get("x-should-retry"), broken.body]).toEqual([503, "false", failure(8000000)]);
});
