import { PostHog } from "posthog-node";
import { expect, onTestFinished, test, vi } from "vitest";
import { randomOf } from "../../../src/local/traffic/story/random.ts";
import { evaluateFlag } from "../../../src/model/posthog/flags/evaluate.ts";
import type { Flag } from "../../../src/model/posthog/flags/filters.ts";
import { randomFlag, randomPerson } from "./random.ts";

const count = 8_000;

test(`the evaluator and posthog-node give ${count} random flags the same value for random persons`, async () => {
  const random = randomOf("flags and persons");
  const cases = Array.from({ length: count }, (_, number) => ({
    flag: randomFlag(`flag-${number}`, random),
    distinctId: `person-${random.whole(1, 500)}`,
    properties: randomPerson(random),
  }));
  const node = await sdkWith(cases.map(({ flag }) => flag));
  const seen = new Map<unknown, number>();
  const differences: unknown[] = [];
  for (const { flag, distinctId, properties } of cases) {
    const theirs = await node.getFeatureFlag(flag.key, distinctId, {
      personProperties: properties as Record<string, string>,
      onlyEvaluateLocally: true,
      sendFeatureFlagEvents: false,
    });
    const found = evaluateFlag(
      flag,
      { distinctId, properties: { distinct_id: distinctId, ...properties } },
      Date.now(),
    );
    const ours = "value" in found ? found.value : undefined;
    seen.set(theirs, (seen.get(theirs) ?? 0) + 1);
    if (ours !== theirs) differences.push({ ours: found, theirs, properties, filters: JSON.stringify(flag.filters) });
  }
  expect(differences).toEqual([]);
  // A generator that only makes one kind of answer would show nothing.
  for (const value of [true, false, undefined, "a", "b"]) expect(seen.get(value), String(value)).toBeGreaterThan(200);
}, 60_000);

/** posthog-node with these definitions, which it gets as from PostHog. */
async function sdkWith(flags: readonly Flag[]): Promise<PostHog> {
  // It lists the thousands of flags that need PostHog.
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const definitions = {
    flags: flags.map((flag, id) => ({ ...flag, id, name: "" })),
    group_type_mapping: {},
    cohorts: {},
  };
  const client = new PostHog("phc_test", {
    host: "http://127.0.0.1:9",
    personalApiKey: "phx_test",
    fetch: async () => new Response(JSON.stringify(definitions)),
  });
  onTestFinished(() => client.shutdown());
  expect(await client.waitForLocalEvaluationReady(10_000)).toBe(true);
  return client;
}
