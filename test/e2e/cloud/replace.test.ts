import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localAccount } from "../../../src/local/account.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";
import { upKilled } from "../../support/killed.ts";
import { standing } from "../../support/standing.ts";

const pages = { project: "existing", accountId: localAccount.cloudflare.accountId, projectName: "operator-ui" };
const service = localAccount.render.serviceId;

let at: Awaited<ReturnType<typeof cloudStack>>;
beforeAll(async () => {
  at = await cloudStack({
    config: { pages, markReleases: "true", release: "operator-ui@1.0.0", posthogSubscriptions: "true" },
  });
  await byHand(at.cloud).pages("POST", "", {
    ...{ name: "operator-ui", production_branch: "main" },
    deployment_configs: { preview: {}, production: { env_vars: { THEIRS: { type: "plain_text", value: "kept" } } } },
  });
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
});
afterAll(() => at?.[Symbol.asyncDispose]());

interface State {
  urn: string;
  type: string;
  delete?: boolean;
}

async function resources(): Promise<State[]> {
  return JSON.parse(await at.stack.state()).deployment.resources as State[];
}

/** Resources that this project's own providers serve. */
async function ownUrns(): Promise<string[]> {
  const own = (await resources()).filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"));
  return [...new Set(own.map(({ urn }) => urn))];
}

const kinds = (urns: readonly string[]): string[] =>
  [...new Set(urns.map((urn) => /dynamic\/([\w:]+)::/.exec(urn)?.[1] ?? urn))].toSorted();

async function expectAsBefore(before: Record<string, unknown>): Promise<void> {
  expect(await standing(at.cloud)).toEqual(before);
  const refreshed = await at.stack.refreshPreview();
  expect(refreshed.exitCode, refreshed.text).toBe(0);
  const planned = await at.stack.pulumi("preview", "--expect-no-changes");
  expect(planned.exitCode, planned.text).toBe(0);
  expect((await resources()).filter((one) => one.delete)).toEqual([]);
}

describe("a resource that is replaced although it is the same", () => {
  // `up --replace` of each is tried in production's rehearsal (test/e2e/production/recovery.test.ts).
  test("is still there, of whatever kind, after pulumi state taint and up", async () => {
    const urns = await ownUrns();
    expect(kinds(urns)).toEqual([
      "cloudflare:PagesVariables",
      "posthog:Annotation",
      "posthog:Dashboard",
      "posthog:EventDefinitions",
      "posthog:EventFilter",
      "posthog:FeatureFlag",
      "posthog:InsightAlert",
      "posthog:Project",
      "posthog:ProjectSettings",
      "posthog:Subscription",
      "render:ServiceVariables",
      "sentry:Alert",
      "sentry:Environment",
      "sentry:Monitor",
      "sentry:Organization",
      "sentry:Ownership",
      "sentry:ProjectSettings",
    ]);
    const before = await standing(at.cloud);
    const tainted = await at.stack.pulumi("state", "taint", ...urns, "--yes");
    expect(tainted.exitCode, tainted.text).toBe(0);
    const up = await at.stack.up();
    expect(up.exitCode, up.text).toBe(0);
    expect(up.text).toMatch(new RegExp(`${urns.length} replaced`));
    await expectAsBefore(before);
  });

  test("is still there when everything is killed after it was made and before the old one was deleted", async () => {
    const urns = await ownUrns();
    const before = await standing(at.cloud);
    await at.stack.pulumi("state", "taint", ...urns, "--yes");
    // The backend's variables are created last, and this fault keeps their deploy from ending.
    const forget = at.cloud.render.faults.add({
      ...{ match: { path: /deploys/ }, times: "always", effect: { kind: "slow", delayMs: 60_000 } },
    });
    const mark = at.cloud.render.requests.mark();
    await upKilled(at.stack, "engine", () =>
      at.cloud.render.requests.since(mark).some(({ path }) => /deploys/.test(path)),
    );
    forget();
    const left = (await resources()).filter((one) => one.delete);
    expect(left.length, "old resources wait for their deletion").toBeGreaterThan(10);
    await at.stack.pulumi("cancel", "--yes");
    const up = await at.stack.up();
    expect(up.exitCode, up.text).toBe(0);
    await expectAsBefore(before);
  });

  test("is refused by the vendor where a plugin serves it and it has its name to itself, and nothing is lost", async () => {
    const before = await standing(at.cloud);
    const named = (await resources()).filter(({ type }) => /:(SentryTeam|SentryProject)$/.test(type));
    expect(named).toHaveLength(3);
    const refused = await at.stack.up(...named.flatMap(({ urn }) => ["--replace", urn]));
    expect(refused.exitCode, refused.text).not.toBe(0);
    expect(refused.text).toContain("already exists");
    const up = await at.stack.up();
    expect(up.exitCode, up.text).toBe(0);
    await expectAsBefore(before);
  });

  test("is still there when its name in the program is another one", async () => {
    const before = await standing(at.cloud);
    at.stack.edit("index.ts", (text) => text.replace('new ServerVariables("backend"', 'new ServerVariables("server"'));
    at.stack.edit("src/platform/product.ts", (text) =>
      text
        .replace('new EventDefinitions("events"', 'new EventDefinitions("catalog"')
        .replace(/`\$\{dashboardKey\}\/\$\{tileKey\}`/, (name) => `\`alert on ${name.slice(1)}`),
    );
    at.stack.edit("index.ts", (text) =>
      text.replace('new BrowserVariables("operator-ui"', 'new BrowserVariables("ui"'),
    );
    const up = await at.stack.up();
    expect(up.exitCode, up.text).toBe(0);
    expect(up.text).toMatch(/\d+ deleted/);
    await expectAsBefore(before);
  });

  test("goes when it is meant to go", async () => {
    const gone = await at.stack.destroy();
    expect(gone.exitCode, gone.text).toBe(0);
    expect(at.cloud.posthog.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
    expect(at.cloud.render.variables(service)).toEqual({});
    expect(at.cloud.cloudflare.variables("operator-ui")).toEqual({ THEIRS: { type: "plain_text", value: "kept" } });
  });
});
