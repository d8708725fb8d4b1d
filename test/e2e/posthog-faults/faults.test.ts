import { expect, test } from "vitest";
import type { PosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { type FaultStack, faultStack } from "./stack.ts";

/** Expects one of each, and nothing else. */
function expectExactlyOne(posthog: PosthogTwin): void {
  const { dashboards, insights, alerts } = posthog.live();
  expect(dashboards.map(({ name }) => name)).toEqual(["Launch"]);
  expect(dashboards[0]?.tiles.map((tile) => (tile.kind === "insight" ? tile.insight.name : tile.kind))).toEqual([
    "First",
    "Second",
    "text",
  ]);
  expect(insights.map(({ name }) => name).toSorted()).toEqual(["First", "Second"]);
  expect(alerts.map(({ name }) => name)).toEqual(["Too many"]);
}

async function expectClean({ stack, posthog }: FaultStack): Promise<void> {
  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);
  const mark = posthog.requests.mark();
  const same = await stack.up("--expect-no-changes");
  expect(same.exitCode, same.text).toBe(0);
  expect(posthog.requests.since(mark)).toEqual([]);
  const refreshed = await stack.refreshPreview();
  expect(refreshed.exitCode, refreshed.text).toBe(0);
  expectExactlyOne(posthog);
}

test("lost answers, failures and a refusal on the way: one up, one of each, and a line while it waits", async () => {
  await using at = await faultStack();
  const { stack, posthog } = at;
  posthog.faults.add({ match: { method: "POST", path: /dashboards\/$/ }, effect: { kind: "reset-after" } });
  posthog.faults.add({ match: { method: "POST", path: /insights\/$/ }, effect: { kind: "reset-after" } });
  posthog.faults.add({
    match: { method: "POST", path: /insights\/$/ },
    skip: 1,
    effect: { kind: "status", status: 500 },
  });
  posthog.faults.add({ match: { method: "PATCH" }, effect: { kind: "status", status: 429, retryAfterSeconds: 6 } });
  posthog.faults.add({ match: { method: "POST", path: /alerts\/$/ }, effect: { kind: "reset-after" } });
  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);
  expect(up.text).toContain("PostHog takes no more management requests for now: going on in 6 s");
  expectExactlyOne(posthog);
  const refreshed = await stack.refreshPreview();
  expect(refreshed.exitCode, refreshed.text).toBe(0);
});

test("a dashboard that failed half-way can be looked at, finished and destroyed", async () => {
  await using at = await faultStack();
  const { stack, posthog } = at;
  const stop = posthog.faults.add({
    match: { method: "POST", path: /insights\/$/ },
    ...{ skip: 1, times: "always", effect: { kind: "status", status: 400, detail: "This query is not one" } },
  });
  const failed = await stack.up();
  expect(failed.exitCode).not.toBe(0);
  expect(failed.text).toContain("This query is not one");
  expect(posthog.live().dashboards).toHaveLength(1);
  const seen = await stack.pulumi("refresh", "--yes", "--skip-preview", "--run-program");
  expect(seen.exitCode, seen.text).toBe(0);
  stop();
  const finished = await stack.up();
  expect(finished.exitCode, finished.text).toBe(0);
  expectExactlyOne(posthog);

  posthog.faults.add({
    match: { method: "POST", path: /insights\/$/ },
    ...{ times: "always", effect: { kind: "status", status: 400 } },
  });
  expect((await stack.pulumiWith({ MORE: "yes" }, "up", "--yes", "--skip-preview")).exitCode).not.toBe(0);
  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  expect(posthog.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
});

test.for(["engine", "provider"] as const)(
  "when the %s is killed in the middle, the next up leaves nothing twice",
  async (what) => {
    await using at = await faultStack();
    // Slow enough that the kill hits it in the middle.
    const fast = at.posthog.faults.add({
      match: { method: "POST" },
      times: "always",
      effect: { kind: "slow", delayMs: 150 },
    });
    await at.upKilled(what, 2);
    expect(at.posthog.live().dashboards).toHaveLength(1);
    fast();
    // An engine that died still holds the stack's lock.
    if (what === "engine") await at.stack.pulumi("cancel", "--yes");
    await expectClean(at);
  },
);
