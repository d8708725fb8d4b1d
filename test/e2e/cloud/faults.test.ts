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

/** All vendors, with a Pages project that people have created, and the stack. */
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

/** Names that more than one object has, at any vendor; the definitions use each name once. */
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
    // Each project also has two monitors that Sentry creates.
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

/** Expects that the state, the definitions and the live objects agree, with nothing missing and nothing extra. */
async function expectWhole({ stack, cloud }: Awaited<ReturnType<typeof stackWithPages>>): Promise<void> {
  expect(await twice(cloud)).toEqual([]);
  expect(cloud.render.deploys(service).at(-1)?.env).toEqual(cloud.render.variables(service));
  expect(cloud.cloudflare.variables("operator-ui")).toMatchObject(theirs);
  const refreshed = await stack.refreshPreview();
  expect(refreshed.exitCode, refreshed.text).toBe(0);
}

type Trouble = [vendor: "posthog" | "sentry" | "cloudflare" | "render", method: string, path: RegExp, FaultEffect];

const lost: FaultEffect = { kind: "reset-after" };
const broken: FaultEffect = { kind: "reset-before" };
const failed: FaultEffect = { kind: "status", status: 500 };
const doneAndFailed: FaultEffect = { kind: "status-after", status: 502 };
const busy = (retryAfterSeconds: number): FaultEffect => ({ kind: "status", status: 429, retryAfterSeconds });

/** Each kind of write with each kind of fault. Faults for the same path apply to its requests in turn. */
const ofCreate: Trouble[] = [
  ["posthog", "POST", /event_definitions\/$/, lost],
  ["posthog", "POST", /dashboards\/$/, doneAndFailed],
  ["sentry", "POST", /projects\/[^/]+\/detectors\/$/, lost],
  ["sentry", "POST", /projects\/[^/]+\/detectors\/$/, failed],
  ["sentry", "POST", /workflows\/$/, lost],
  ["sentry", "POST", /workflows\/$/, doneAndFailed],
  ["sentry", "POST", /workflows\/$/, broken],
  ["sentry", "POST", /workflows\/$/, busy(6)],
  ["sentry", "PUT", /filters\//, lost],
  ["sentry", "PUT", /filters\//, failed],
  ["sentry", "DELETE", /keys\//, lost],
  ["sentry", "DELETE", /workflows\//, doneAndFailed],
  ["cloudflare", "PATCH", /operator-ui$/, lost],
  ["cloudflare", "PATCH", /operator-ui$/, { kind: "status", status: 429 }],
  ["render", "PUT", /env-vars\//, lost],
  ["render", "PUT", /env-vars\//, failed],
  ["render", "PUT", /env-vars\//, busy(2)],
  ["render", "POST", /deploys$/, { kind: "status-after", status: 504 }],
];
const ofUpdate: Trouble[] = [
  ["posthog", "PATCH", /insights\/\d+\/$/, lost],
  ["posthog", "PATCH", /alerts\/[^/]+\/$/, doneAndFailed],
  ["sentry", "PUT", /detectors\/\d+\/$/, doneAndFailed],
  ["sentry", "PUT", /detectors\/\d+\/$/, broken],
  ["sentry", "PUT", /workflows\/\d+\/$/, lost],
  ["cloudflare", "PATCH", /operator-ui$/, doneAndFailed],
  ["render", "PUT", /env-vars\//, doneAndFailed],
  ["render", "POST", /deploys$/, broken],
];
const ofDestroy: Trouble[] = [
  ["posthog", "DELETE", /alerts\//, lost],
  ["posthog", "PATCH", /insights\/\d+\/$/, doneAndFailed],
  ["posthog", "PATCH", /dashboards\/\d+\/$/, lost],
  ["sentry", "DELETE", /detectors\/\d+\/$/, lost],
  ["sentry", "DELETE", /workflows\/\d+\/$/, doneAndFailed],
  ["cloudflare", "PATCH", /operator-ui$/, lost],
  ["render", "DELETE", /env-vars\//, lost],
  ["render", "DELETE", /env-vars\//, doneAndFailed],
];

test("whatever befalls the writes of an up, a change and a destroy: all is there once, then nothing is left", {
  timeout: 360_000,
}, async () => {
  await using at = await stackWithPages();
  const { stack, cloud } = at;
  const run = async (troubles: Trouble[], command: () => ReturnType<typeof stack.up>) => {
    for (const [vendor, method, path, effect] of troubles)
      cloud[vendor].faults.add({ match: { method, path }, effect });
    const ran = await command();
    expect(ran.exitCode, ran.text).toBe(0);
    expect(cloud.twins.flatMap(({ faults }) => faults.list())).toEqual([]);
    return ran.text;
  };
  const told = await run(ofCreate, stack.up);
  expect(told).toMatch(/Sentry takes no more API requests for now: going on in [67] s/);
  expect(cloud.render.deploys(service)).toHaveLength(1);
  await expectWhole(at);

  stack.configure({ environment: "staging" });
  stack.edit("alerts/sentry.ts", (text) =>
    text.replace("aboveMs: 3000", "aboveMs: 4000").replace("atMostEveryMinutes: 30", "atMostEveryMinutes: 60"),
  );
  stack.edit("dashboards/activation-funnel.ts", (text) => text.replace("windowDays: 14", "windowDays: 15"));
  stack.edit("alerts/posthog.ts", (text) => text.replace('check: "daily"', 'check: "hourly"'));
  await run(ofUpdate, stack.up);
  expect(cloud.render.deploys(service)).toHaveLength(2);
  expect(cloud.render.variables(service)?.SENTRY_ENVIRONMENT).toBe("staging");
  await expectWhole(at);

  await run(ofDestroy, stack.destroy);
  expect(cloud.posthog.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
  expect(cloud.render.variables(service)).toEqual({});
  expect(cloud.cloudflare.variables("operator-ui")).toEqual(theirs);
});

test("killed twice in the middle, first the providers, then the engine: the next up finishes it", async () => {
  await using at = await stackWithPages();
  const { stack, cloud } = at;
  const writes = (twin: Cloud["render"] | Cloud["cloudflare"] | Cloud["sentry"], path: RegExp) =>
    twin.requests.writes().filter((request) => path.test(request.path)).length;
  // Delays these writes so that the interruption hits them: their dependencies exist by then, and others still follow.
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
