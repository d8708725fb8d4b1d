import { log, type ResourceHook, type ResourceHookBinding, runtime } from "@pulumi/pulumi";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { startPosthogTwin } from "../../src/local/twins/posthog/index.ts";
import { unlessFlagIsAnothers } from "../../src/platform/existing/posthog.ts";
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
