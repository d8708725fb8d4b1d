import { runtime } from "@pulumi/pulumi";
import { beforeEach, expect, test, vi } from "vitest";
import { configure, flagObstacle } from "../../../src/resources/posthog/look.ts";
import { flagOf, type Setting, setting } from "./support.ts";

beforeEach(async () => {
  await runtime.setMocks({ call: () => ({}), newResource: () => ({ id: "", state: {} }) }, "brandvx", "test");
});

/** What a preview says of the flag, before it is made. */
async function obstacle({ twin }: Setting, changes: Parameters<typeof flagOf>[0] = {}): Promise<string | undefined> {
  vi.stubEnv("POSTHOG_PERSONAL_API_KEY", twin.personalApiKey);
  configure({ get: (key) => ({ "posthog:host": twin.url })[key] });
  const { projectId, managedBy: _, ...flag } = flagOf(changes);
  return flagObstacle(projectId, "ask-streaming", flag);
}

const groups = [{ properties: [], rollout_percentage: 100 }];
const make = (at: Setting, body: object = {}) =>
  at.byHand("post", "feature_flags/", { key: "ask-streaming", filters: { groups }, ...body });
const forAll = { rules: [{ conditions: [], rolloutPercent: 100 }] };

test("nothing is in the way where PostHog has no such flag, or one that means the same", async () => {
  await using at = await setting();
  expect(await obstacle(at)).toBeUndefined();
  await make(at);
  expect(await obstacle(at, forAll)).toBeUndefined();
  expect(at.twin.requests.writes().map(({ method }) => method)).toEqual(["POST"]);
});

test("another's flag that gives somebody another value is named with its address", async () => {
  await using at = await setting();
  await make(at);
  expect(await obstacle(at)).toMatch(/^PostHog already has a flag ask-streaming \(http.*\/feature_flags\/\d+\)/);
});

test("an experiment or a scheduled change that has a say in this stack's own flag is named", async () => {
  await using at = await setting();
  const tags = ["managed-by-code", "code:brandvx/test", "owner:ai"];
  const { id } = (await make(at, { tags })) as { id: number };
  expect(await obstacle(at), "its own flag, which an earlier run made").toBeUndefined();
  const { id: change } = (await at.byHand("post", "scheduled_changes/", {
    ...{ record_id: String(id), model_name: "FeatureFlag", scheduled_at: "2027-01-01T08:00:00Z" },
    payload: { operation: "update_status", value: false },
  })) as { id: number };
  expect(await obstacle(at)).toContain("PostHog is to change the flag ask-streaming: at 2027-01-01");
  await at.byHand("delete", `scheduled_changes/${change}/`, {});
  await at.byHand("post", "experiments/", {
    ...{ name: "Longer trial", feature_flag_key: "ask-streaming", start_date: "2026-11-01" },
  });
  expect(await obstacle(at)).toContain('used by the experiment "Longer trial"');
});
