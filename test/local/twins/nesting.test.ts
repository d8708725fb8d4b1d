import { describe, expect, test } from "vitest";
import { isTooDeep } from "../../../src/local/twins/kit/index.ts";
import { posthog } from "./posthog/client.ts";
import { defaultKey, organization, sentryWithProject } from "./sentry/support.ts";

/** JSON of this many nested lists, or objects; JSON.stringify itself fails at some thousands. */
const lists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const tooDeep = [200, 1_100, 20_000];

test("what is nested as deep as the vendors read is not too deep, one level more is", () => {
  for (const nested of [lists, objects]) {
    expect(isTooDeep(JSON.parse(nested(127)))).toBe(false);
    expect(isTooDeep(JSON.parse(nested(128)))).toBe(true);
    expect(isTooDeep(JSON.parse(nested(200_000)))).toBe(true);
  }
});

describe("PostHog's twin", () => {
  const event = (distinctId: string, properties = "{}") =>
    `{"api_key":"phc_local","event":"landing_view","distinct_id":"${distinctId}","properties":${properties}}`;
  const capture = async (url: string, path: string, body: string) =>
    (await fetch(`${url}${path}`, { method: "POST", body })).status;

  test.each(tooDeep)("drops the one event that is nested %i deep and stores the others of its batch", async (depth) => {
    const { twin } = await posthog();
    const deep = [
      event("deep", `{"value":${lists(depth)}}`),
      event("deep", objects(depth)),
      event("deep", `{"$set":{"value":${objects(depth)}}}`),
      event("deep", `{"$set_once":{"value":${lists(depth)}}}`),
    ];
    const all = [event("ada", `{"value":${lists(100)}}`), ...deep, event("bob")].join(",");
    expect(await capture(twin.url, "/batch/", `{"api_key":"phc_local","batch":[${all}]}`)).toBe(200);
    expect(await capture(twin.url, "/e/", `[${all}]`)).toBe(200);
    expect(twin.events().map(({ distinctId }) => distinctId)).toEqual(["ada", "bob", "ada", "bob"]);
  });

  test.each(tooDeep)("refuses a request that is nothing but %i levels", async (depth) => {
    const client = await posthog();
    const { twin } = client;
    expect(await capture(twin.url, "/e/", event("deep", objects(depth)))).toBe(400);
    expect(await capture(twin.url, "/batch/", `{"api_key":"phc_local","more":${lists(depth)},"batch":[]}`)).toBe(400);
    expect(await capture(twin.url, "/flags/", `{"token":"phc_local","person_properties":${objects(depth)}}`)).toBe(400);
    const response = await fetch(`${twin.url}/api/projects/${twin.projectId}/insights/`, {
      method: "POST",
      headers: { Authorization: `Bearer ${twin.personalApiKey}` },
      body: `{"query":${objects(depth)}}`,
    });
    expect(response.status).toBe(400);
    expect(twin.events()).toEqual([]);
  });
});

describe("Sentry's twin", () => {
  test.each(tooDeep)("keeps what came along with an event that is nested %i deep", async (depth) => {
    const { api, twin } = await sentryWithProject();
    const key = await defaultKey(api);
    const post = async (kind: string, body: string) =>
      (await fetch(`${twin.url}/api/${key.projectId}/${kind}/?sentry_key=${key.public}`, { method: "POST", body }))
        .status;
    const event = (message: string, extra: string) => `{"message":"${message}","extra":${extra}}`;
    const deep = event("deep", objects(depth));
    expect(
      await post(
        "envelope",
        ["{}", '{"type":"event"}', deep, '{"type":"event"}', event("good", "{}"), '{"type":"session"}', deep].join(
          "\n",
        ),
      ),
    ).toBe(200);
    expect(await post("store", deep)).toBe(400);
    expect(await post("envelope", `{"trace":${objects(depth)}}`)).toBe(400);
    const issues = (await api.get(`${organization}/issues/`)).body;
    expect(issues.map(({ title }: { title: string }) => title)).toEqual(["good"]);
  });
});
