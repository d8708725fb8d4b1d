import { describe, expect, test } from "vitest";
import { accountId, pluginStack, recordedProgram, secrets } from "./plugins-stack.ts";

const pages = `/client/v4/accounts/${accountId}/pages/projects/operator-ui`;
const sentryProject = "/api/0/projects/brandvx/operator-ui/";

/** The planned operation of a preview by resource: `create`, `update`, `replace`, …; unchanged resources are left out. */
function plannedSteps(preview: string): Record<string, string> {
  const { steps } = JSON.parse(preview) as { steps: { op: string; urn: string }[] };
  return Object.fromEntries(steps.map(({ op, urn }) => [urn.split("::").slice(2).join(" "), op]));
}

describe("under the real engine", () => {
  test("a preview sends nothing, knows what is known and leaves the rest open", async () => {
    await using stack = await pluginStack(recordedProgram);
    const preview = await stack.requestsOf("preview", "--diff");
    expect(preview.exitCode, preview.text).toBe(0);
    expect(preview.requests).toEqual([]);
    expect(preview.text).toMatch(/pagesHost\s*: \[unknown\]|pagesHost\s*: output<string>/);
    expect(preview.text).not.toContain("s1");
    // Plain variables print as secrets, too: the real plugin's schema calls all of them sensitive.
    expect(preview.text).not.toContain("phc_1");
  });

  test("outputs of secrets are secret, in the state and on the screen, and no credential is in either", async () => {
    await using stack = await pluginStack(recordedProgram);
    const up = await stack.up();
    expect(up.exitCode, up.text).toBe(0);
    const outputs = JSON.parse((await stack.pulumi("stack", "output", "--json")).stdout);
    expect(outputs).toMatchObject({ redisUrl: "[secret]", pagesHost: "operator-ui.pages.dev" });
    expect(outputs.dsn).toMatch(new RegExp(`^http://[0-9a-f]{32}@127.0.0.1:${stack.sentry.port}/\\d+$`));

    const [database] = (await stack.api.upstash.get("/v2/redis/databases")).body;
    const { password, rest_token } = (await stack.api.upstash.get(`/v2/redis/database/${database.database_id}`)).body;
    const keys = (await stack.api.sentry.get(`${sentryProject}keys/`)).body;
    const state = (await stack.pulumi("stack", "export")).stdout;
    for (const value of [...secrets, password, rest_token, ...keys.map((key: { secret: string }) => key.secret)]) {
      expect(value).toMatch(/^.{16,}$/);
      expect(state).not.toContain(value);
      expect(up.text).not.toContain(value);
    }
    // Values of variables are short, so only whole values are searched for.
    for (const value of ["s1", "phc_1"]) expect(state).not.toContain(`"${value}"`);
  });

  test("a changed setting of the database changes it; only what cannot change replaces it", async () => {
    await using stack = await pluginStack(recordedProgram);
    expect((await stack.up()).exitCode).toBe(0);
    const opOf = async (redis: Record<string, unknown>) => {
      stack.settings({ redis });
      const { stdout, text, exitCode } = await stack.pulumi("preview", "--json");
      expect(exitCode, text).toBe(0);
      return plannedSteps(stdout)["upstash:index/redisDatabase:RedisDatabase brandvx"];
    };
    expect(await opOf({})).toBeUndefined();
    expect(await opOf({ autoScale: true, prodPack: true, budget: 100, readRegions: ["us-west-1"] })).toBe("update");
    expect(await opOf({ tls: null })).toBe("replace");
  });

  test("drift by hand is found in the refresh by its path, without a value, and healed", async () => {
    await using stack = await pluginStack(recordedProgram);
    expect((await stack.up()).exitCode).toBe(0);
    const probe = ["refresh", "--preview-only", "--diff", "--expect-no-changes"];
    expect((await stack.pulumi(...probe)).exitCode).toBe(0);

    const byHand = {
      OLD: { type: "plain_text", value: "by-hand-value" },
      FOREIGN: { type: "plain_text", value: "foreign-value" },
    };
    await stack.api.cloudflare.patch(pages, { deployment_configs: { production: { env_vars: byHand } } });
    await stack.api.sentry.put(sentryProject, { name: "renamed by hand" });
    const drift = await stack.pulumi(...probe);
    expect(drift.exitCode, drift.text).toBe(7);
    expect(drift.text).toContain("renamed by hand");
    expect(drift.text).toMatch(/FOREIGN/);
    expect(drift.text).not.toMatch(/by-hand-value|foreign-value/);

    expect((await stack.up("--refresh")).exitCode).toBe(0);
    expect((await stack.api.sentry.get(sentryProject)).body.name).toBe("operator-ui");
    expect(Object.keys(stack.cloudflare.variables("operator-ui") ?? {})).not.toContain("FOREIGN");
    expect((await stack.pulumi(...probe)).exitCode).toBe(0);
  });

  test("the real platform, set elsewhere, is left alone; bindings and a secret's type survive an update", async () => {
    await using stack = await pluginStack(recordedProgram);
    expect((await stack.up()).exitCode).toBe(0);
    await stack.api.sentry.put(sentryProject, { platform: "javascript-react" });
    await stack.api.cloudflare.patch(pages, {
      deployment_configs: { production: { kv_namespaces: { CACHE: { namespace_id: "kv-1" } } } },
    });
    stack.settings({ buildToken: "s2", projectName: "operator-ui-2" });
    const up = await stack.up("--refresh");
    expect(up.exitCode, up.text).toBe(0);
    expect((await stack.api.sentry.get(sentryProject)).body).toMatchObject({
      name: "operator-ui-2",
      platform: "javascript-react",
    });
    expect(stack.cloudflare.variables("operator-ui")?.BUILD_TOKEN).toEqual({ type: "secret_text", value: "s2" });
    expect((await stack.api.cloudflare.get(pages)).body.result.deployment_configs.production.kv_namespaces).toEqual({
      CACHE: { namespace_id: "kv-1" },
    });
  });

  test("what is gone at Sentry or Cloudflare is made again; at Upstash it is an error, as with the real plugin", async () => {
    await using stack = await pluginStack(recordedProgram);
    expect((await stack.up()).exitCode).toBe(0);
    const [key] = (await stack.api.sentry.get(`${sentryProject}keys/`)).body;
    await stack.api.sentry.delete(`${sentryProject}keys/${key.id}/`);
    await stack.api.cloudflare.delete(pages);
    const healed = await stack.up("--refresh");
    expect(healed.exitCode, healed.text).toBe(0);
    expect(stack.cloudflare.variables("operator-ui")?.BUILD_TOKEN).toEqual({ type: "secret_text", value: "s1" });

    const [database] = (await stack.api.upstash.get("/v2/redis/databases")).body;
    await stack.api.upstash.delete(`/v2/redis/database/${database.database_id}`);
    const failed = await stack.pulumi("refresh", "--yes", "--skip-preview");
    expect(failed.exitCode).not.toBe(0);
    expect(failed.text).toMatch(/404 database not found/);
  });

  test("a project that was made, but not finished, is in nobody's state: 409 until it is imported; a lost connection ends the plugin", async () => {
    await using stack = await pluginStack(recordedProgram);
    stack.sentry.faults.add({ match: { method: "PUT", path: sentryProject }, effect: { kind: "status", status: 403 } });
    const failed = await stack.up();
    expect(failed.exitCode).not.toBe(0);
    expect(failed.text).toMatch(/403 You do not have permission/);
    const next = await stack.up();
    expect(next.exitCode).not.toBe(0);
    expect(next.text).toMatch(/409 A project with this slug already exists/);
    const type = "sentry:index/sentryProject:SentryProject";
    const imported = await stack.pulumi(
      "import",
      type,
      "operator-ui",
      "brandvx/operator-ui",
      "--protect=false",
      "--yes",
    );
    expect(imported.exitCode, imported.text).toBe(0);
    const last = await stack.up();
    expect(last.exitCode, last.text).toBe(0);
    expect((await stack.api.sentry.get("/api/0/organizations/brandvx/projects/")).body).toHaveLength(1);

    stack.sentry.faults.add({ match: { path: sentryProject }, times: "always", effect: { kind: "reset-before" } });
    const crashed = await stack.pulumi("refresh", "--yes", "--skip-preview");
    expect(crashed.exitCode).not.toBe(0);
    expect(crashed.text).toMatch(/pulumi-resource-sentry exited prematurely/);
    expect(crashed.text).toMatch(/The connection to Sentry was lost: GET /);
  });

  test("a Pages project with one environment alone is made and lost: the trap is there before the real plugin springs it", async () => {
    await using stack = await pluginStack(recordedProgram);
    stack.settings({ withoutPreview: true });
    const failed = await stack.up();
    expect(failed.text).toMatch(/Received unknown value/);
    expect(stack.cloudflare.variables("operator-ui")).not.toBeNull();
    stack.settings({});
    const again = await stack.up();
    expect(again.text).toMatch(/409 A project with this name already exists/);
  });

  test("wrong credentials are told by vendor and never shown, and nothing is made", async () => {
    // One vendor at a time: the first refusal ends the program before its other requests.
    await using stack = await pluginStack(`
      const resources = {
        async explicit() {
          const sentry = await import("@pulumiverse/sentry");
          const provider = new sentry.Provider("own", { token: "explicit-token", baseUrl: settings.baseUrl });
          new sentry.SentryTeam("explicit", { organization: "brandvx", name: "explicit" }, { provider });
        },
        async configured() {
          const sentry = await import("@pulumiverse/sentry");
          new sentry.SentryTeam("platform", { organization: "brandvx", name: "platform" });
        },
        async malformed() {
          const cloudflare = await import("@pulumi/cloudflare");
          new cloudflare.PagesProject("site", { accountId: "${accountId}", name: "site", productionBranch: "main" });
        },
      };
      await resources[settings.only]();
    `);
    await stack.pulumi("config", "set", "sentry:token", "--secret", "configured-token");
    await stack.pulumi("config", "set", "cloudflare:apiToken", "--secret", "malformed-token");
    const failedUp = async (only: string): Promise<string> => {
      stack.settings({ only, baseUrl: stack.sentry.url });
      const { exitCode, text } = await stack.up();
      expect(exitCode, text).not.toBe(0);
      expect(text).not.toMatch(/(explicit|configured|malformed)-token/);
      return text;
    };
    expect(await failedUp("explicit")).toMatch(/SentryTeam explicit .*401 Invalid token/);
    expect(await failedUp("configured")).toMatch(/SentryTeam platform .*401 Invalid token/);
    expect(await failedUp("malformed")).toMatch(/cloudflare:apiToken must be 40 to 80 characters/);
    expect((await stack.api.sentry.get("/api/0/organizations/brandvx/teams/")).body).toEqual([]);
  });

  test("every resource is imported by the real plugins' id, without a warning, with its inputs as they are", async () => {
    await using stack = await pluginStack("");
    await stack.api.sentry.post("/api/0/organizations/brandvx/teams/", { name: "platform" });
    await stack.api.sentry.post("/api/0/teams/brandvx/platform/projects/", { name: "server" });
    await stack.api.sentry.put("/api/0/projects/brandvx/server/", { platform: "python-fastapi" });
    const [key] = (await stack.api.sentry.get("/api/0/projects/brandvx/server/keys/")).body;
    const { database_id } = (
      await stack.api.upstash.post("/v2/redis/database", { database_name: "db", primary_region: "us-east-1" })
    ).body;
    await stack.api.cloudflare.post(`/client/v4/accounts/${accountId}/pages/projects`, {
      name: "site",
      production_branch: "main",
    });
    const resources = [
      ["sentry:index/sentryTeam:SentryTeam", "brandvx/platform"],
      ["sentry:index/sentryProject:SentryProject", "brandvx/server"],
      ["sentry:index/sentryKey:SentryKey", `brandvx/server/${key.id}`],
      ["upstash:index/redisDatabase:RedisDatabase", database_id],
      ["cloudflare:index/pagesProject:PagesProject", `${accountId}/site`],
    ].map(([type, id]) => ({ type, name: "it", id }));
    const imported = await stack.importAll(resources);
    expect(imported.exitCode, imported.text).toBe(0);
    expect(imported.text).not.toMatch(/warning|error/);
    for (const { type } of resources) expect(imported.text).toMatch(new RegExp(`^// resource \\w+ "${type}" {$`, "m"));
    expect(imported.text).toContain('//     platform = "python-fastapi"');
    const { deployment } = JSON.parse((await stack.pulumi("stack", "export")).stdout);
    const idOf = (type: string) =>
      deployment.resources.find((resource: { type: string }) => resource.type.endsWith(type)).id;
    expect(["SentryTeam", "SentryProject", "SentryKey", "RedisDatabase", "PagesProject"].map(idOf)).toEqual([
      "platform",
      "server",
      key.id,
      `upstash-database-${database_id}`,
      "site",
    ]);
    const prefixed = `upstash-database-${database_id}`;
    const missing = await stack.importAll([
      { type: "upstash:index/redisDatabase:RedisDatabase", name: "no", id: prefixed },
    ]);
    expect(missing.text).toMatch(/404/);
  });
});
