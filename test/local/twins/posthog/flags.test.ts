import fc from "fast-check";
import { PostHog, type PostHogOptions } from "posthog-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Client, posthog } from "./client.ts";

/** PostHog's own SDK, which reads the definitions of flags and evaluates them by itself. */
async function localSdk({ twin }: Client, options: PostHogOptions = {}): Promise<PostHog> {
  const sdk = new PostHog(twin.projectKey, {
    host: twin.url,
    featureFlagsRequestMaxRetries: 0,
    ...("personalApiKey" in options ? {} : { secretKey: twin.secretKey }),
    ...options,
  });
  onTestFinished(() => sdk.shutdown());
  await sdk.reloadFeatureFlags();
  return sdk;
}

const property = (key: string, operator: string | null, value: unknown) => ({ key, operator, value, type: "person" });
const pro = { groups: [{ properties: [property("plan", "exact", "pro")] }] };
const asked = ({ twin }: Client) => twin.requests.all().filter(({ path }) => path.startsWith("/flags"));
const remotely = async (client: Client, distinctId: string, person: object = {}) =>
  (await client.post("/flags/?v=2", { token: "phc_local", distinct_id: distinctId, person_properties: person })).body
    .flags;

describe("an SDK evaluates flags by itself", () => {
  test.each([
    ["the project's secret key", {}],
    ["a personal key", { personalApiKey: "phx_local" }],
  ])("with %s, and asks nobody about a person", async (_, key) => {
    const client = await posthog();
    await client.post("feature_flags/", { key: "new-stepper", filters: { ...pro, payloads: { true: { steps: 3 } } } });
    const sdk = await localSdk(client, key);
    const of = async (plan: string) => await sdk.evaluateFlags("ada", { personProperties: { plan } });
    expect((await of("pro")).isEnabled("new-stepper")).toBe(true);
    expect((await of("free")).isEnabled("new-stepper")).toBe(false);
    expect((await of("pro")).getFlagPayload("new-stepper")).toEqual({ steps: 3 });
    expect(asked(client).map(({ path }) => path)).toEqual(["/flags/definitions?token=phc_local&send_cohorts"]);
  });

  test("learns of a change, and is told in a few bytes that there is none", async () => {
    const client = await posthog();
    const { id } = (await client.post("feature_flags/", { key: "new-stepper", filters: { groups: [{}] } })).body;
    const sdk = await localSdk(client);
    const enabled = async () => (await sdk.evaluateFlags("ada")).isEnabled("new-stepper");
    expect(await enabled()).toBe(true);
    await sdk.reloadFeatureFlags();
    await client.patch(`feature_flags/${id}/`, { active: false });
    await sdk.reloadFeatureFlags();
    expect(await enabled()).toBe(false);
    expect(asked(client).map(({ status }) => status)).toEqual([200, 304, 200]);
  });

  test("follows a flag that waits for another one", async () => {
    const client = await posthog();
    const waitsFor = (key: unknown, value: unknown) => ({
      groups: [{ properties: [{ key, type: "flag", operator: "flag_evaluates_to", value }] }],
    });
    const make = async (key: string, filters: object): Promise<number> =>
      (await client.post("feature_flags/", { key, filters })).body.id;
    const base = await make("base", pro);
    const above = await make("above", waitsFor(base, true));
    await make("not", waitsFor(base, false));
    await make("top", waitsFor(String(above), true));
    const sdk = await localSdk(client);
    for (const plan of ["pro", "free"]) {
      const local = await sdk.evaluateFlags("ada", { personProperties: { plan }, onlyEvaluateLocally: true });
      const flags = await remotely(client, "ada", { plan });
      for (const key of ["base", "above", "not", "top"]) {
        expect(local.isEnabled(key), `${key} for ${plan}`).toBe((plan === "pro") !== (key === "not"));
        expect(flags[key].enabled, `${key} for ${plan}`).toBe(local.isEnabled(key));
      }
    }
  });

  test("says why it cannot when PostHog refuses, and forgets all flags when the quota is used up", async () => {
    const client = await posthog();
    await client.post("feature_flags/", { key: "new-stepper", filters: { groups: [{}] } });
    const errors: string[] = [];
    const refused = await localSdk(client, { secretKey: "phs_wrong" });
    refused.on("error", (error: Error) => errors.push(error.message));
    await refused.reloadFeatureFlags();
    expect(errors[0]).toMatch(/project key or secret key is invalid/);

    const sdk = await localSdk(client);
    const locally = async () => (await sdk.evaluateFlags("ada", { onlyEvaluateLocally: true })).keys;
    expect(await locally()).toEqual(["new-stepper"]);
    client.twin.faults.add({ match: { path: "/flags/definitions" }, effect: { kind: "status", status: 402 } });
    await sdk.reloadFeatureFlags();
    expect(await locally()).toEqual([]);
  });
});

/** Properties that a person may have, and conditions that a filter may use; beyond these the SDK and the service differ. */
const texts = fc.constantFrom("pro", "Pro", "free", "true", "False", "1", "");
const textOrTruth = fc.oneof(texts, fc.boolean());
const numbers = fc.constantFrom("1", "10", "9.5", 1.5, 9.25);
const dates = fc.constantFrom("2026-11-01", "2026-11-10", "2026-11-20T10:00:00Z");
const versions = fc.constantFrom("1.2.0", "1.2.3", "1.3", "2.0.0");
const person = fc.record({ text: textOrTruth, number: numbers, date: dates, version: versions });
const about = (key: string, operators: string[], value: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(...operators), value).map(([operator, asked]) => property(key, operator, asked));
const rules = fc.oneof(
  about("text", ["exact", "is_not"], fc.oneof(textOrTruth, fc.array(texts, { minLength: 1, maxLength: 3 }))),
  about("text", ["icontains", "not_icontains", "starts_with", "not_ends_with"], texts),
  about("text", ["regex", "not_regex"], fc.constantFrom("^pr", "o$", "[0-9]+", "x")),
  about("text", ["is_set"], fc.constant("is_set")),
  about("number", ["gt", "gte", "lt", "lte"], numbers),
  about("date", ["is_date_before", "is_date_after"], fc.oneof(dates, fc.constant("-7d"))),
  about("version", ["semver_gt", "semver_lte", "semver_eq", "semver_neq", "semver_tilde", "semver_caret"], versions),
);
const variants = [
  { key: "red", rollout_percentage: 20 },
  { key: "green", rollout_percentage: 80 },
];
const anyFilters = fc.record({
  groups: fc.array(
    fc.record({
      properties: fc.array(rules, { maxLength: 2 }),
      rollout_percentage: fc.constantFrom(null, 0, 30, 100),
      variant: fc.constantFrom(null, "red", "unknown"),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  multivariate: fc.constantFrom(null, { variants }),
});

test("what PostHog answers about a person is what its SDK finds out by itself, for any flags and any person", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFilters, { minLength: 12, maxLength: 12 }),
      fc.array(fc.tuple(fc.uuid(), person), { minLength: 8, maxLength: 8 }),
      async (all, people) => {
        const client = await posthog();
        for (const [index, filters] of all.entries()) {
          const made = await client.post("feature_flags/", { key: `flag-${index}`, filters });
          expect(made.status, JSON.stringify([filters, made.body])).toBe(201);
        }
        const sdk = await localSdk(client);
        for (const [distinctId, said] of people) {
          const local = await sdk.evaluateFlags(distinctId, {
            // The SDK's type allows texts only; it accepts any JSON.
            personProperties: said as Record<string, string>,
            onlyEvaluateLocally: true,
          });
          const flags = await remotely(client, distinctId, said);
          for (const key of local.keys) {
            const { enabled, variant } = flags[key];
            const why = JSON.stringify([all[Number(key.slice(5))], said]);
            expect(enabled && (variant ?? true), why).toBe(local.getFlag(key));
            compared += 1;
          }
        }
        await sdk.shutdown();
        await client.twin.stop();
      },
    ),
    { numRuns: 6 },
  );
  expect(compared).toBeGreaterThan(200);
});

describe("definitions of flags", () => {
  const scopedKeys = [
    { key: "phx_reads", scopes: ["feature_flag:read"] },
    { key: "phx_writes", scopes: ["feature_flag:write"] },
    { key: "phx_elsewhere", scopes: ["*"], projects: [2] },
    { key: "phx_dashboards", scopes: ["dashboard:write"] },
  ];
  const newer = "/flags/definitions?token=phc_local";
  const older = [
    "/api/feature_flag/local_evaluation/?token=phc_local&send_cohorts",
    "/api/projects/1/feature_flags/local_evaluation",
  ];

  test("are the same at the newer address and at the older ones, whichever key may read them", async () => {
    const client = await posthog({ scopedKeys });
    await client.post("feature_flags/", { key: "b", filters: { groups: [{}] } });
    await client.post("feature_flags/", { key: "a", active: false });
    const gone = (await client.post("feature_flags/", { key: "gone" })).body.id;
    await client.patch(`feature_flags/${gone}/`, { deleted: true });
    const { body } = await client.get(newer);
    expect(body).toMatchObject({ flags: [{ key: "a", active: false }, { key: "b" }], group_type_mapping: {} });
    for (const key of ["phs_local", "phx_local", "phx_reads", "phx_writes"])
      for (const path of [newer, ...older])
        expect(await client.as(key).get(path), `${key} ${path}`).toMatchObject({ status: 200, body });
  });

  const badPersonalKey = "Personal API key found in request Authorization header is invalid.";
  test.each([
    [null, "not_authenticated", "Authentication credentials were not provided."],
    ["phs_wrong", "authentication_failed", "Secret API token is invalid."],
    ["phx_wrong", "authentication_failed", badPersonalKey],
    ["phx_dashboards", "authentication_failed", badPersonalKey],
    ["phx_elsewhere", "authentication_failed", badPersonalKey],
    ["phc_local", "authentication_failed", badPersonalKey],
  ])("with the key %s are refused", async (key, code, detail) => {
    const client = await posthog({ scopedKeys });
    expect(await client.as(key).get(newer)).toMatchObject({ status: 401, body: { code, detail } });
    for (const path of older) expect([401, 403]).toContain((await client.as(key).get(path)).status);
  });

  test("are of the project whose key is named, and are read alone", async () => {
    const client = await posthog();
    expect((await client.get("/flags/definitions")).status).toBe(400);
    expect((await client.get("/flags/definitions?token=phc_other")).status).toBe(401);
    expect((await client.post(newer)).status).toBe(405);
    expect((await client.post(newer)).headers.get("Allow")).toBe("GET, OPTIONS, HEAD");
  });

  test("are all that a project's secret key opens", async () => {
    const client = (await posthog()).as("phs_local");
    expect((await client.get("feature_flags/")).status).toBe(401);
    expect((await client.get("dashboards/")).status).toBe(401);
  });
});

describe("what a flag cannot say is refused, and nothing is made", () => {
  const group = (fields: object) => ({ groups: [fields] });
  const rule = (fields: object) => group({ properties: [{ ...property("plan", "exact", "pro"), ...fields }] });

  test.each([
    ["an operator that does not exist", rule({ operator: "equals" }), '"equals" is not a valid choice.', "operator"],
    ["an operator of queries alone", rule({ operator: "is_cleaned_path_exact" }), "not a valid choice.", "operator"],
    ["an operator that is no text", rule({ operator: 1 }), '"1" is not a valid choice.', "operator"],
    ["a property of an event", rule({ type: "event" }), '"event" is not a valid choice.', "type"],
    ["a property without a type", rule({ type: undefined }), "This field is required.", "type"],
    ["a property without a key", rule({ key: "" }), "This field may not be blank.", "key"],
    ["a text for a share", group({ rollout_percentage: "50" }), "A valid number is required.", "rollout_percentage"],
    ["more than all", group({ rollout_percentage: 101 }), "less than or equal to 100.", "rollout_percentage"],
    ["less than nobody", group({ rollout_percentage: -1 }), "greater than or equal to 0.", "rollout_percentage"],
    ["a group that is none", { groups: ["all"] }, "Expected a dictionary, but got str.", "groups"],
    ["groups that are no list", { groups: { a: 1 } }, 'Expected a list of items but got type "dict".', "groups"],
    ["no variant", { multivariate: { variants: [] } }, "This list may not be empty.", "variants"],
    ["variants of 99 %", { multivariate: { variants: [{ key: "a", rollout_percentage: 99 }] } }, "must sum to 100", ""],
    ["a payload of no variant", { multivariate: { variants }, payloads: { blue: 1 } }, "must match a variant key", ""],
    ["a payload of what no flag is", { payloads: { control: 1 } }, "must be 'true' for boolean flags", ""],
    ["a cohort that does not exist", rule({ type: "cohort", value: 7 }), "Cohort with id 7 does not exist", ""],
    ["a flag that does not exist", rule({ type: "flag", key: "9" }), "non-existent flag with ID 9", ""],
    ["a date that is none", rule({ operator: "is_date_after", value: "soon" }), "Invalid date value: soon", ""],
  ])("%s", async (_, filters, detail, field) => {
    const client = await posthog();
    const answer = await client.post("feature_flags/", { key: "a", filters });
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(detail) } });
    expect(answer.body.attr).toMatch(new RegExp(`^filters.*${field}`));
    expect((await client.get("feature_flags/")).body.count).toBe(0);
    const { id } = (await client.post("feature_flags/", { key: "a" })).body;
    expect((await client.patch(`feature_flags/${id}/`, { filters })).status).toBe(400);
  });

  test("a key with a blank in it", async () => {
    const client = await posthog();
    expect((await client.post("feature_flags/", { key: "new stepper" })).body).toMatchObject({ attr: "key" });
  });

  test("and what it does not know is dropped, an older name of an operator replaced", async () => {
    const client = await posthog();
    const filters = { super_groups: [], groups: [{ properties: [property("age", "min", 18)], made_up: 1 }] };
    const { body } = await client.post("feature_flags/", { key: "adults", filters });
    expect(body.filters).not.toHaveProperty("super_groups");
    expect(body.filters.groups).toEqual([
      { properties: [property("age", "gte", 18)], rollout_percentage: null, variant: null },
    ]);
  });
});

test("a flag of groups is off for people, who are in none here", async () => {
  const client = await posthog();
  await client.post("feature_flags/", { key: "orgs", filters: { groups: [{}], aggregation_group_type_index: 0 } });
  expect((await remotely(client, "ada")).orgs).toMatchObject({ enabled: false, reason: { code: "no_group_type" } });
});

test.each([
  ["a text that is no number", "gt", "1", "many", false],
  ["a number as a time", "is_date_before", "2026-01-01", 1_700_000_000, true],
  ["a version as mobile apps write it", "semver_gte", "3.8.0", "v3.08", true],
  ["a range of versions", "semver_wildcard", "1.2.*", "1.2.9", true],
  ["a range of numbers, its ends included", "between", [1, 5], "5", true],
  ["a broken expression", "not_regex", "(", "pro", false],
  ["one of several parts", "icontains_multi", ["x", "PR"], "pro", true],
])(
  "the service compares %s in its own way, where its SDK differs or cannot",
  async (_, operator, value, said, isOn) => {
    const client = await posthog();
    await client.post("feature_flags/", {
      key: "a",
      filters: { groups: [{ properties: [property("p", operator, value)] }] },
    });
    expect((await remotely(client, "ada", { p: said })).a.enabled).toBe(isOn);
  },
);

describe("who fulfils the conditions of a rule is counted", () => {
  const radius = async (client: Client, body: object) =>
    client.post("feature_flags/user_blast_radius/", body as Record<string, unknown>);

  test("of all persons, whatever the rollout, for a key that may read flags", async () => {
    const client = await posthog({ scopedKeys: [{ key: "phx_reader", scopes: ["feature_flag:read"] }] });
    for (const [person, plan] of Object.entries({ ada: "pro", bob: "free", eve: "pro" })) {
      const properties = { $set: { plan } };
      await client.post("/i/v0/e/", { token: "phc_local", event: "$set", distinct_id: person, properties });
    }
    const reader = client.as("phx_reader");
    const onPro = { properties: [property("plan", "exact", ["pro"])], rollout_percentage: 10 };
    expect((await radius(reader, { condition: onPro })).body).toEqual({ affected: 2, total: 3 });
    expect((await radius(reader, { condition: { properties: [] } })).body).toEqual({ affected: 3, total: 3 });
    const onFlag = { properties: [{ key: "7", type: "flag", operator: "flag_evaluates_to", value: true }] };
    expect((await radius(reader, { condition: onFlag })).body).toEqual({ affected: 3, total: 3 });
  });

  test("not for a key without the scope, without a condition, or for another group", async () => {
    const client = await posthog({ scopedKeys: [{ key: "phx_other", scopes: ["dashboard:read"] }] });
    expect((await radius(client.as("phx_other"), { condition: {} })).status).toBe(403);
    expect((await radius(client, {})).body.detail).toBe("Missing condition for which to get blast radius");
    const condition = { properties: [{ ...property("plan", "exact", "pro"), type: "group", group_type_index: 1 }] };
    expect((await radius(client, { condition, group_type_index: 0 })).status).toBe(400);
    expect((await radius(client, { condition, group_type_index: 1 })).body).toEqual({ affected: 0, total: 0 });
  });
});
