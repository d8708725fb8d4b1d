import { expect, test } from "vitest";
import { httpClient } from "../../local/twins/http-client.ts";
import { obs } from "../operate/obs.ts";
import { posthogStack } from "./stack.ts";

/** A program with the feature flags only. */
const flagsOnly = `
import { flags } from "./src/catalog/flags.ts";
import { Product, readSettings } from "./src/platform/index.ts";

const { posthog, teams } = readSettings({ events: {}, flags, dashboards: [], insightAlerts: [], sentryAlerts: [] });
new Product("product", { ...posthog, teams, flags, dashboards: [], alerts: [] });
`;

interface Live {
  readonly id: number;
  readonly key: string;
  readonly active: boolean;
  readonly filters: { readonly groups: readonly { readonly rollout_percentage: number | null }[] };
}

test("a flag is made, unchanged without a request, drifted by field, healed, left to people, adopted and deleted", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  stack.edit("index.ts", () => flagsOnly);
  const client = httpClient(posthog.url, { Authorization: `Bearer ${posthog.personalApiKey}` });
  const flags = async () => {
    const { body } = await client.get("/api/projects/1/feature_flags/");
    return new Map((body as { results: Live[] }).results.map((flag) => [flag.key, flag]));
  };
  const byHand = async (key: string, body: object) => {
    const changed = await client.patch(`/api/projects/1/feature_flags/${(await flags()).get(key)?.id}/`, body);
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  };

  // One that somebody made before, which gives everybody the same: taken over. The answer to making the other one is lost.
  const existing = await client.post("/api/projects/1/feature_flags/", {
    key: "ask-streaming",
    filters: {
      groups: [
        {
          properties: [{ key: "internal", type: "person", operator: "exact", value: "true" }],
          rollout_percentage: 100,
        },
        { properties: [], rollout_percentage: 10 },
      ],
    },
  });
  // One under a key of the catalog that gives another value: a preview says so, before an `up` refuses it.
  const another = await client.post("/api/projects/1/feature_flags/", {
    key: "onboarding-length",
    filters: { groups: [{ properties: [], rollout_percentage: 100 }] },
  });
  const early = await obs(stack, "preview", "--stack", "test", "--json");
  expect(early.exitCode, early.stderr).toBe(1);
  expect((JSON.parse(early.stdout) as { errors: string[] }).errors.join("\n")).toMatch(
    /1 thing at the vendors keeps stack "test" .*\n\s+PostHog already has a flag onboarding-length .*differs in filters/,
  );
  await byHand("onboarding-length", { deleted: true });
  expect(another.status).toBe(201);
  posthog.faults.add({ match: { method: "POST", path: /feature_flags\/$/ }, effect: { kind: "reset-after" } });
  const first = await stack.up();
  expect(first.exitCode, first.text).toBe(0);
  const made = await flags();
  expect([...made.keys()].toSorted()).toEqual(["ask-streaming", "onboarding-length"]);
  expect(made.get("ask-streaming")?.id).toBe((existing.body as Live).id);

  const mark = posthog.requests.mark();
  const same = await stack.up("--expect-no-changes");
  expect(same.exitCode, same.text).toBe(0);
  expect(posthog.requests.since(mark)).toEqual([]);

  const { groups } = made.get("ask-streaming")?.filters ?? { groups: [] };
  const opened = groups.map((group, index) => (index === 1 ? { ...group, rollout_percentage: 50 } : group));
  // The switch of ask-streaming is people's, its rollout is not.
  await byHand("ask-streaming", { active: false, filters: { groups: opened } });
  await byHand("onboarding-length", { name: "Something else" });
  const drifted = await stack.refreshPreview();
  expect(drifted.exitCode, drifted.text).not.toBe(0);
  expect(drifted.text).toMatch(/rolloutPercent\s*: 10 => 50/);
  expect(drifted.text).toMatch(/meaning\s*: .* => "Something else"/);
  expect(drifted.text).not.toMatch(/active\s*:.*=>/);
  const healed = await stack.up("--refresh", "--run-program");
  expect(healed.exitCode, healed.text).toBe(0);
  const after = (await flags()).get("ask-streaming");
  expect(after?.active).toBe(false);
  expect(after?.filters.groups.map(({ rollout_percentage }) => rollout_percentage)).toEqual([100, 10]);
  expect((await stack.refreshPreview()).exitCode).toBe(0);

  stack.edit("src/catalog/flags.ts", (text) => text.replace("rolloutPercent: 10 ", "rolloutPercent: 50 "));
  const planned = await stack.pulumi("preview", "--diff");
  expect(planned.text).toMatch(/rolloutPercent\s*: 10 => 50/);

  // Twenty people: whom that concerns is counted where people read what changes, and unknown where PostHog cannot count.
  for (let index = 0; index < 20; index++) {
    await client.post("/i/v0/e/", { token: posthog.projectKey, event: "landing_view", distinct_id: `user_${index}` });
  }
  const counted = await obs(stack, "preview", "--stack", "test");
  expect(counted.exitCode, counted.stderr).toBe(7);
  expect(counted.stdout).toContain("1 feature flag changes");
  expect(counted.stdout.replaceAll(/\s+/g, " ")).toContain(
    "ask-streaming (ai) rule 2 (everybody): 10 % → 50 %, from about 2 to about 10 of 20 people",
  );
  posthog.faults.add({ match: { path: /user_blast_radius/ }, effect: { kind: "status", status: 500 } });
  const unknown = await obs(stack, "preview", "--stack", "test", "--json");
  expect(unknown.exitCode, unknown.stderr).toBe(7);
  expect(JSON.parse(unknown.stdout)).toMatchObject({
    flags: [
      {
        flag: "ask-streaming",
        owner: "ai",
        unknown: "PostHog answers 500",
        rules: [{ rule: 2, from: { rolloutPercent: 10 }, to: { rolloutPercent: 50 } }],
      },
    ],
  });

  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  expect(await flags()).toEqual(new Map());
});
