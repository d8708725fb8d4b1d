import { PostHog, type PostHogOptions } from "posthog-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Client, posthog } from "./client.ts";

/** PostHog's own SDK for servers, pointed at the twin. */
function sdk({ twin }: Client, key = twin.projectKey, options: PostHogOptions = {}): PostHog {
  const client = new PostHog(key, { host: twin.url, flushInterval: 0, featureFlagsRequestMaxRetries: 0, ...options });
  onTestFinished(() => client.shutdown());
  return client;
}

describe("posthog-node works against the twin unchanged", () => {
  test("its batches arrive, gzipped, with people and times", async () => {
    const client = await posthog();
    const server = sdk(client);
    const at = new Date("2026-11-20T08:00:00Z");
    server.identify({ distinctId: "ada", properties: { $set: { plan: "pro" }, $anon_distinct_id: "anon" } });
    server.capture({ distinctId: "ada", event: "cadence.message_sent", properties: { channel: "sms" }, timestamp: at });
    server.alias({ distinctId: "ada", alias: "ada@brandvx.example" });
    await server.flush();

    const events = client.twin.events();
    expect(events.map((it) => it.event)).toEqual(["$identify", "cadence.message_sent", "$create_alias"]);
    expect(events[1]).toMatchObject({
      properties: { channel: "sms", $lib: "posthog-node" },
      personProperties: { plan: "pro" },
    });
    // corrected by the time of sending, which differs by a few milliseconds
    expect(Math.abs(Date.parse(events[1]?.timestamp ?? "") - at.getTime())).toBeLessThan(60_000);
    expect(new Set(events.map((it) => it.personId)).size).toBe(1);
    expect(client.twin.requests.all()).toMatchObject([{ path: "/batch/", body: { batch: [{}, {}, {}] }, status: 200 }]);
  });

  test("an event that is sent at once arrives at once", async () => {
    const client = await posthog();
    await sdk(client).captureImmediate({ distinctId: "ada", event: "a" });
    expect(client.twin.events()).toHaveLength(1);
  });

  test("it reads flags, variants and payloads", async () => {
    const client = await posthog();
    await client.post("feature_flags/", {
      key: "new-stepper",
      filters: { groups: [{}], payloads: { true: '{"steps":3}' } },
    });
    await client.post("feature_flags/", {
      key: "color",
      filters: { groups: [{}], multivariate: { variants: [{ key: "red", rollout_percentage: 100 }] } },
    });
    const flags = await sdk(client).evaluateFlags("ada");
    expect([flags.isEnabled("new-stepper"), flags.getFlag("color"), flags.isEnabled("unknown")]).toEqual([
      true,
      "red",
      false,
    ]);
    expect(flags.getFlagPayload("new-stepper")).toEqual({ steps: 3 });
  });

  test("with the key of another project it is told nothing, and nothing is kept", async () => {
    const client = await posthog();
    await sdk(client, "phc_other").captureImmediate({ distinctId: "ada", event: "a" });
    expect(client.twin.requests.all()[0]?.status).toBe(200);
    expect(client.twin.events()).toEqual([]);
  });

  test("it repeats a batch whose answer was lost, and the twin keeps each event once", async () => {
    const client = await posthog();
    client.twin.faults.add({ match: { path: "/batch/" }, effect: { kind: "reset-after" } });
    const server = sdk(client, client.twin.projectKey, { fetchRetryCount: 1, fetchRetryDelay: 1 });
    server.capture({ distinctId: "ada", event: "a" });
    await server.flush();
    expect(client.twin.requests.all().map((request) => request.status)).toEqual([null, 200]);
    expect(client.twin.events()).toHaveLength(1);
  });
});
