import { expect, test } from "vitest";
import { localAccount, localKeys } from "../../../src/local/account.ts";
import type { Cloud } from "../../../src/local/cloud.ts";
import type { FaultEffect } from "../../../src/local/twins/kit/index.ts";
import { httpClient } from "../../local/twins/http-client.ts";
import { cloudStack } from "../../support/cloud.ts";
import { upKilled } from "../../support/killed.ts";

const service = localAccount.render.serviceId;
const pagesPath = `/client/v4/accounts/${localAccount.cloudflare.accountId}/pages/projects`;
const theirs = { FOREIGN: { type: "secret_text", value: "kept" } };

/** All vendors, with a Pages project that people have made, and the stack. */
async function stackWithPages() {
  const at = await cloudStack({
    config: {
      pages: { project: "existing", accountId: localAccount.cloudflare.accountId, projectName: "operator-ui" },
    },
  });
  const cloudflare = httpClient(at.cloud.cloudflare.url, { Authorization: `Bearer ${localKeys.CLOUDFLARE_API_TOKEN}` });
  await cloudflare.post(pagesPath, {
    ...{ name: "operator-ui", production_branch: "main" },
    deployment_configs: { preview: {}, production: { env_vars: theirs } },
  });
  for (const { requests } of at.cloud.twins) requests.clear();
  return at;
}

/** Names that more than one object has, at any vendor: each name is there once in the definitions. */
async function twice({ posthog, sentry }: Cloud): Promise<string[]> {
  const api = httpClient(sentry.url, { Authorization: `Bearer ${localKeys.SENTRY_TOKEN}` });
  const named = async (path: string): Promise<{ name: string; type?: string }[]> =>
    (await api.get(`/api/0/${path}`)).body;
  const { dashboards, insights, alerts } = posthog.live();
  const monitors = await named("organizations/brandvx/detectors/");
  const kinds = {
    dashboards,
    insights,
    "alerts of PostHog": alerts,
    // Each project has two that Sentry makes.
    monitors: monitors.filter(({ type }) => type === "metric_issue"),
    "alerts of Sentry": await named("organizations/brandvx/workflows/"),
    "keys of the browser": await named("projects/brandvx/operator-ui/keys/"),
    "keys of the server": await named("projects/brandvx/backend/keys/"),
  };
  return Object.entries(kinds).flatMap(([kind, live]) => {
    expect(live.length, kind).toBeGreaterThan(0);
    const names = live.map(({ name }) => name);
    return names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${kind}: ${name}`);
  });
}

/** All is there, and nothing else: the state, the definitions and what is live say the same. */
async function expectWhole({ stack, cloud }: Awaited<ReturnType<typeof stackWithPages>>): Promise<void> {
  expect(await twice(cloud)).toEqual([]);
  expect(cloud.render.deploys(service).at(-1)?.env).toEqual(cloud.render.variables(service));
  expect(cloud.cloudflare.variables("operator-ui")).toMatchObject(theirs);
  const refreshed = await stack.refreshPreview();
  expect(refreshed.exitCode, refreshed.text).toBe(0);
}

/** What the requests of one `up` meet at Sentry, Cloudflare and Render: each kind of write, and each kind of trouble. */
const troubles: [keyof Pick<Cloud, "sentry" | "cloudflare" | "render">, string, RegExp, number, FaultEffect][] = [
  ["sentry", "POST", /projects\/[^/]+\/detectors\/$/, 0, { kind: "reset-after" }],
  ["sentry", "POST", /projects\/[^/]+\/detectors\/$/, 1, { kind: "status", status: 500 }],
  ["sentry", "POST", /workflows\/$/, 0, { kind: "reset-after" }],
  ["sentry", "POST", /workflows\/$/, 1, { kind: "status-after", status: 502 }],
  ["sentry", "POST", /workflows\/$/, 2, { kind: "reset-before" }],
  ["sentry", "POST", /workflows\/$/, 3, { kind: "status", status: 429, retryAfterSeconds: 6 }],
  ["sentry", "PUT", /filters\//, 0, { kind: "reset-after" }],
  ["sentry", "PUT", /filters\//, 0, { kind: "status", status: 503 }],
  ["sentry", "DELETE", /keys\//, 0, { kind: "reset-after" }],
  ["sentry", "DELETE", /workflows\//, 0, { kind: "status-after", status: 500 }],
  ["cloudflare", "PATCH", /operator-ui$/, 0, { kind: "reset-after" }],
  ["cloudflare", "PATCH", /operator-ui$/, 0, { kind: "status", status: 429 }],
  ["render", "PUT", /env-vars\//, 0, { kind: "reset-after" }],
  ["render", "PUT", /env-vars\//, 2, { kind: "status", status: 500 }],
  ["render", "PUT", /env-vars\//, 4, { kind: "status", status: 429, retryAfterSeconds: 2 }],
  ["render", "POST", /deploys$/, 0, { kind: "status-after", status: 504 }],
];

test("whatever befalls the writes of one up, all of it is there once at its end, and waiting is told", async () => {
  await using at = await stackWithPages();
  const { stack, cloud } = at;
  for (const [vendor, method, path, skip, effect] of troubles) {
    cloud[vendor].faults.add({ match: { method, path }, skip, effect });
  }
  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);
  expect(up.text).toMatch(/Sentry takes no more API requests for now: going on in [67] s/);
  expect(cloud.twins.flatMap(({ faults }) => faults.list())).toEqual([]);
  expect(cloud.render.deploys(service)).toHaveLength(1);
  await expectWhole(at);
});

test("killed twice in the middle, first the providers, then the engine: the next up finishes it", async () => {
  await using at = await stackWithPages();
  const { stack, cloud } = at;
  const writes = (twin: Cloud["render"] | Cloud["cloudflare"] | Cloud["sentry"], path: RegExp) =>
    twin.requests.writes().filter((request) => path.test(request.path)).length;
  // Slow enough to be in the middle: others come after it, and everything they depend on was before it.
  const stops = [cloud.sentry, cloud.cloudflare, cloud.render].map(({ faults }) =>
    faults.add({
      match: { path: /(detectors|workflows|env-vars|operator-ui)/ },
      ...{ times: "always", effect: { kind: "slow", delayMs: 100 } },
    }),
  );
  await upKilled(stack, "provider", () => writes(cloud.render, /env-vars/) >= 2);
  const halfWay = writes(cloud.render, /env-vars/);
  await upKilled(stack, "engine", () => writes(cloud.render, /env-vars/) >= halfWay + 2);
  for (const stop of stops) stop();
  const locked = await stack.up();
  expect(locked.exitCode).not.toBe(0);
  expect(locked.text).toContain("pulumi cancel");
  await stack.pulumi("cancel", "--yes");

  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);
  await expectWhole(at);
});
