import { expect, test } from "vitest";
import { localAccount } from "../../../src/local/account.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";

const existingPages = {
  pages: { project: "existing", accountId: localAccount.cloudflare.accountId, projectName: "operator-ui" },
};

test("foreign variables and bindings survive, and what was changed by hand is named and healed, vendor by vendor", async () => {
  await using at = await cloudStack({ config: existingPages });
  const { stack, cloud } = at;
  const hand = byHand(cloud);
  const foreign = Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`FOREIGN_${i}`, `kept ${i}`]));
  await hand.pages("POST", "", {
    name: "operator-ui",
    production_branch: "main",
    build_config: { build_command: "npm run build" },
    deployment_configs: {
      preview: {},
      production: {
        env_vars: { FOREIGN: { type: "secret_text", value: "kept" } },
        kv_namespaces: { CACHE: { namespace_id: "abc" } },
      },
    },
  });
  for (const [key, value] of Object.entries(foreign)) await hand.render("PUT", `env-vars/${key}`, { value });
  const service = localAccount.render.serviceId;
  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);

  type Workflow = { id: string; name: string; actionFilters: unknown };
  const workflows = (await hand.sentry("GET", "organizations/brandvx/workflows/")) as Workflow[];
  const blanked = workflows.find(({ name }) => name === "Something broke again that was mended");
  await hand.sentry("PUT", `organizations/brandvx/workflows/${blanked?.id}/`, { ...blanked, actionFilters: [] });
  await hand.pages("PATCH", "/operator-ui", {
    deployment_configs: {
      production: { env_vars: { VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_by_hand" } } },
    },
  });
  await hand.render("PUT", "env-vars/SENTRY_ENVIRONMENT", { value: "by-hand" });
  const [database] = (await hand.upstash("GET", "databases")) as { database_id: string }[];
  await hand.upstash("PATCH", `update-budget/${database?.database_id}`, { budget: 360 });

  const seen = await stack.refreshPreview();
  expect(seen.exitCode, seen.text).toBe(7);
  for (const named of ["sentry:Alert::regression", "VITE_POSTHOG_KEY", "SENTRY_ENVIRONMENT", "budget"])
    expect(seen.text).toContain(named);

  const healed = await stack.up("--refresh", "--run-program");
  expect(healed.exitCode, healed.text).toBe(0);
  const again = await stack.refreshPreview();
  expect(again.exitCode, again.text).toBe(0);
  expect(cloud.render.variables(service)).toMatchObject({ ...foreign, SENTRY_ENVIRONMENT: "test" });
  expect(cloud.cloudflare.variables("operator-ui")).toMatchObject({
    FOREIGN: { type: "secret_text", value: "kept" },
    VITE_POSTHOG_KEY: { type: "plain_text", value: cloud.posthog.projectKey },
  });

  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  expect(cloud.render.variables(service)).toEqual(foreign);
  expect(cloud.cloudflare.variables("operator-ui")).toEqual({ FOREIGN: { type: "secret_text", value: "kept" } });
  const project = (await hand.pages("GET", "/operator-ui")) as {
    result: { build_config: unknown; deployment_configs: { production: { kv_namespaces: unknown } } };
  };
  expect(project.result.build_config).toMatchObject({ build_command: "npm run build" });
  expect(project.result.deployment_configs.production.kv_namespaces).toEqual({ CACHE: { namespace_id: "abc" } });
});

test("a variable that somebody set by hand is written over only when it is adopted by name", async () => {
  await using at = await cloudStack();
  const { stack, cloud } = at;
  await byHand(cloud).render("PUT", "env-vars/REDIS_URL", { value: "rediss://somebody:elses@example.com:6379" });
  const refused = await stack.up();
  expect(refused.exitCode).not.toBe(0);
  expect(refused.text).toContain("REDIS_URL");
  expect(refused.text).not.toContain("somebody:elses");
  expect(cloud.render.variables(localAccount.render.serviceId)).toEqual({
    REDIS_URL: "rediss://somebody:elses@example.com:6379",
  });

  stack.configure({ render: { serviceId: localAccount.render.serviceId, adopt: ["REDIS_URL"] } });
  const adopted = await stack.up();
  expect(adopted.exitCode, adopted.text).toBe(0);
  expect(cloud.render.variables(localAccount.render.serviceId)?.REDIS_URL).not.toContain("somebody");
});

test("a new Redis password and a new Sentry key reach the apps in the same up, and only those variables are written", async () => {
  await using at = await cloudStack();
  const { stack, cloud } = at;
  const hand = byHand(cloud);
  await stack.up();
  const service = localAccount.render.serviceId;
  const before = { server: cloud.render.variables(service), browser: cloud.cloudflare.variables("operator-ui") };
  const [database] = (await hand.upstash("GET", "databases")) as { database_id: string }[];
  await hand.upstash("POST", `reset-password/${database?.database_id}`);
  const keys = (await hand.sentry("GET", "projects/brandvx/operator-ui/keys/")) as { id: string }[];
  for (const { id } of keys) await hand.sentry("DELETE", `projects/brandvx/operator-ui/keys/${id}/`);
  for (const { requests } of cloud.twins) requests.clear();

  const up = await stack.up("--refresh", "--run-program");
  expect(up.exitCode, up.text).toBe(0);
  const after = { server: cloud.render.variables(service), browser: cloud.cloudflare.variables("operator-ui") };
  expect(after.server?.REDIS_URL).not.toBe(before.server?.REDIS_URL);
  expect(after.browser?.VITE_SENTRY_DSN?.value).not.toBe(before.browser?.VITE_SENTRY_DSN?.value);
  expect(after.server).toEqual({ ...before.server, REDIS_URL: after.server?.REDIS_URL });
  expect(cloud.render.requests.writes().map(({ method, path }) => `${method} ${path}`)).toEqual([
    `PUT /v1/services/${service}/env-vars/REDIS_URL`,
    `POST /v1/services/${service}/deploys`,
  ]);
  expect(cloud.cloudflare.requests.writes()).toMatchObject([
    {
      method: "PATCH",
      body: { deployment_configs: { production: { env_vars: { VITE_SENTRY_DSN: expect.anything() } } } },
    },
  ]);
});
