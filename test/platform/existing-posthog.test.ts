import { log, type ResourceHook, type ResourceHookBinding, runtime } from "@pulumi/pulumi";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { eventFilterOf } from "../../src/catalog/event-filter.ts";
import { events } from "../../src/catalog/events.ts";
import { startPosthogTwin } from "../../src/local/twins/posthog/index.ts";
import { saysWhichFilter, unlessFlagIsAnothers } from "../../src/platform/existing/posthog.ts";
import { httpClient } from "../local/twins/http-client.ts";
import { acceptHooks } from "./mocks.ts";

const warned = vi.spyOn(log, "warn").mockImplementation(async () => {});

beforeEach(async () => {
  warned.mockClear();
  const mocks = { call: () => ({}), newResource: () => ({ id: "", state: {} }) };
  await runtime.setMocks(mocks, "project", "staging", true, "organization");
  acceptHooks();
});

/** Runs the hook as a preview does before the resource would be created. */
async function preview({ beforeCreate = [] }: ResourceHookBinding): Promise<void> {
  const [hook] = beforeCreate as ResourceHook[];
  await hook?.callback({ urn: "urn:pulumi:staging::project::x:index:It::it", id: "", name: "it", type: "x:index:It" });
}

test("flags that a preview cannot read are told once, and keep it from nothing", async () => {
  const twin = await startPosthogTwin();
  onTestFinished(() => twin.stop());
  vi.stubEnv("POSTHOG_PERSONAL_API_KEY", "phx_unknown");
  runtime.setConfig("posthog:host", twin.url);
  const flag = (key: string) => ({ key, meaning: "Something", owner: "ai", rules: [] });
  for (const key of ["ask-streaming", "onboarding-length"]) await preview(unlessFlagIsAnothers(1, key, flag(key)));
  expect(warned.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(/^not known: which of PostHog's flags an `up` may take over\. .* does not accept the key/),
  ]);
});

test("the event filter that an up would write over is told; none, the same one, and one that cannot be read are no obstacle", async () => {
  const twin = await startPosthogTwin();
  onTestFinished(() => twin.stop());
  vi.stubEnv("POSTHOG_PERSONAL_API_KEY", twin.personalApiKey);
  runtime.setConfig("posthog:host", twin.url);
  const filter = eventFilterOf(events);
  const told = async () => {
    warned.mockClear();
    await preview(saysWhichFilter(1, filter));
    return warned.mock.calls.map(([text]) => text);
  };
  const byHand = (body: object) =>
    httpClient(twin.url, { Authorization: `Bearer ${twin.personalApiKey}` }).post(
      "/api/environments/1/event_filter/",
      body,
    );
  expect(await told()).toEqual([]);
  await byHand({ mode: filter.mode, filter_tree: filter.tree, test_cases: filter.testCases });
  expect(await told()).toEqual([]);
  await byHand({ mode: "live" });
  expect(await told()).toEqual([
    expect.stringMatching(/^the PostHog project 1 has another event filter, .*: mode live, tree \{"type":"or"/),
  ]);
  twin.faults.add({ match: { path: /event_filter/ }, times: "always", effect: { kind: "status", status: 403 } });
  expect(await told()).toEqual([expect.stringMatching(/^not known: which event filter the PostHog project 1 has\. /)]);
});
