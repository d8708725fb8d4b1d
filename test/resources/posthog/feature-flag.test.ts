import { describe, expect, test } from "vitest";
import { failed } from "../lifetime.ts";
import { flagOf, liveFlags, type Setting, setting } from "./support.ts";

const variants = [
  { key: "short", percent: 30 },
  { key: "full", percent: 70 },
];
const condition = (key: string, operator: string, value: unknown) => ({ key, operator, value });
const patch = async (at: Setting, body: object) => {
  const [flag] = await liveFlags(at);
  await at.byHand("patch", `feature_flags/${flag?.id}/`, body);
};
/** Groups of the definition as PostHog has them, with changes to one. */
const groups = async (at: Setting, index: number, changes: object) => {
  const { groups: all, ...filters } = (await liveFlags(at))[0]?.filters ?? { groups: [] };
  return { ...filters, groups: all.map((group, at) => (at === index ? { ...group, ...changes } : group)) };
};

describe("a flag", () => {
  test("is made with one look and one write, and the next up sends nothing", async () => {
    await using at = await setting();
    const flag = at.process().flag();
    await flag.up(flagOf({ variants, rules: [{ conditions: [], rolloutPercent: 25, variant: "short" }] }));
    expect(await liveFlags(at)).toMatchObject([
      {
        key: "ask-streaming",
        name: "An answer is shown while it is written",
        active: true,
        tags: ["code:brandvx/test", "managed-by-code", "owner:ai"],
        filters: {
          groups: [{ properties: [], rollout_percentage: 25, variant: "short" }],
          multivariate: {
            variants: [
              { key: "short", rollout_percentage: 30 },
              { key: "full", rollout_percentage: 70 },
            ],
          },
        },
      },
    ]);
    expect(at.twin.requests.writes()).toMatchObject([
      { method: "POST", body: { _should_create_usage_dashboard: false } },
    ]);
    const before = at.twin.requests.mark();
    expect(await flag.up(flagOf({ variants, rules: [{ conditions: [], rolloutPercent: 25, variant: "short" }] }))).toBe(
      "same",
    );
    expect(at.twin.requests.since(before)).toEqual([]);
  });

  test("is read as it was written, although PostHog adds fields", async () => {
    await using at = await setting();
    const flag = at.process().flag();
    for (const changes of [{}, { variants }, { rules: [] }, { handledInPostHog: ["active", "rollout"] as const }]) {
      const inputs = flagOf({ ...changes, handledInPostHog: [...(changes.handledInPostHog ?? [])] });
      await flag.up(inputs);
      expect(await flag.refresh()).toEqual(inputs);
    }
  });

  test("is deleted in PostHog's way, and a second time without an error", async () => {
    await using at = await setting();
    const [flag, same] = [at.process().flag(), at.process().flag()];
    await flag.up(flagOf());
    await same.up(flagOf());
    expect(same.id).toBe(flag.id);
    await flag.destroy();
    expect(await liveFlags(at)).toEqual([]);
    await same.destroy();
  });

  test("where PostHog stores no tags shows no drift", async () => {
    await using at = await setting({ features: { tagging: false } });
    const flag = at.process().flag();
    await flag.up(flagOf());
    expect(await flag.refresh()).toEqual(flagOf());
  });
});

describe("what was changed by hand is drift of the field, and is put back", () => {
  test.for<[string, (at: Setting) => Promise<object>, object]>([
    ["the switch", async () => ({ active: false }), { active: false }],
    ["the description", async () => ({ name: "Something else" }), { meaning: "Something else" }],
    ["the key", async () => ({ key: "renamed" }), { key: "renamed" }],
    [
      "a tag",
      async () => ({ tags: ["owner:ai", "theirs"] }),
      { missingTags: ["managed-by-code", "code:brandvx/test"] },
    ],
    [
      "a rollout",
      async (at) => ({ filters: await groups(at, 1, { rollout_percentage: 50 }) }),
      { rules: [flagOf().rules[0], { conditions: [], rolloutPercent: 50 }] },
    ],
    [
      "a rollout for everybody",
      async (at) => ({ filters: await groups(at, 1, { rollout_percentage: null }) }),
      { rules: [flagOf().rules[0], { conditions: [], rolloutPercent: 100 }] },
    ],
    [
      "a condition",
      async (at) => ({
        filters: await groups(at, 1, {
          properties: [{ key: "plan", type: "person", operator: "is_not", value: "pro" }],
        }),
      }),
      { rules: [flagOf().rules[0], { conditions: [condition("plan", "is_not", "pro")], rolloutPercent: 10 }] },
    ],
    [
      "variants",
      async (at) => ({
        filters: { ...(await groups(at, 9, {})), multivariate: { variants: [{ key: "a", rollout_percentage: 100 }] } },
      }),
      { variants: [{ key: "a", percent: 100 }] },
    ],
    [
      "a payload",
      async (at) => ({ filters: { ...(await groups(at, 9, {})), payloads: { true: "1" } } }),
      { setByHand: { "filters.payloads": { true: "1" } } },
    ],
    [
      "early exit",
      async (at) => ({ filters: { ...(await groups(at, 9, {})), early_exit: true } }),
      { setByHand: { "filters.early_exit": true } },
    ],
    [
      "who evaluates it",
      async () => ({ evaluation_runtime: "server" }),
      { setByHand: { evaluation_runtime: "server" } },
    ],
    [
      "that persons keep it",
      async () => ({ ensure_experience_continuity: true }),
      { setByHand: { ensure_experience_continuity: true } },
    ],
  ])("%s", async ([, change, drift]) => {
    await using at = await setting();
    const flag = at.process().flag();
    await flag.up(flagOf());
    const before = await liveFlags(at);
    await patch(at, await change(at));
    expect(await flag.refresh()).toEqual({ ...flagOf(), ...drift });
    await flag.up(flagOf());
    const [after] = await liveFlags(at);
    expect(after).toMatchObject({
      ...before[0],
      tags: expect.arrayContaining(before[0]?.tags ?? []),
      version: expect.any(Number),
      updated_at: expect.any(String),
    });
    expect(await flag.refresh()).toEqual(flagOf());
  });

  test("a flag that was deleted is made again", async () => {
    await using at = await setting();
    const flag = at.process().flag();
    await flag.up(flagOf());
    await patch(at, { deleted: true });
    expect(await failed(flag.up(flagOf({ active: false })))).toContain("pulumi up --refresh");
    expect(await flag.refresh()).toBeUndefined();
    await flag.up(flagOf());
    expect(await liveFlags(at)).toHaveLength(1);
  });
});

describe("what people handle in PostHog", () => {
  const handled = flagOf({ handledInPostHog: ["active", "rollout"] });

  test("is no drift, and stays when something else is written", async () => {
    await using at = await setting();
    const flag = at.process().flag();
    await flag.up(handled);
    await patch(at, { active: false, filters: await groups(at, 1, { rollout_percentage: 60 }) });
    expect(await flag.refresh()).toEqual(handled);
    await flag.up({ ...handled, meaning: "Said better", variants });
    expect(await liveFlags(at)).toMatchObject([
      {
        active: false,
        name: "Said better",
        filters: { groups: [{ rollout_percentage: 100 }, { rollout_percentage: 60 }] },
      },
    ]);
    expect(await flag.refresh()).toEqual({ ...handled, meaning: "Said better", variants });
  });

  test("everything else is drift", async () => {
    await using at = await setting();
    const flag = at.process().flag();
    await flag.up(handled);
    await patch(at, {
      filters: await groups(at, 1, {
        properties: [{ key: "plan", type: "person", value: "pro", operator: "exact" }],
        rollout_percentage: 60,
      }),
    });
    expect(await flag.refresh()).toMatchObject({
      rules: [{}, { conditions: [condition("plan", "exact", "pro")], rolloutPercent: 10 }],
    });
  });
});

describe("a flag with the same key that another made", () => {
  const theirs = {
    key: "ask-streaming",
    active: true,
    filters: { groups: [{ rollout_percentage: 100, properties: [] }] },
  };

  test("is taken over if it gives everybody the same", async () => {
    await using at = await setting();
    await at.byHand("post", "feature_flags/", { ...theirs, tags: ["theirs"] });
    const flag = at.process().flag();
    const inputs = flagOf({ rules: [{ conditions: [], rolloutPercent: 100 }] });
    await flag.up(inputs);
    expect(await liveFlags(at)).toMatchObject([
      { name: inputs.meaning, tags: ["code:brandvx/test", "managed-by-code", "owner:ai", "theirs"] },
    ]);
    expect(await flag.refresh()).toEqual(inputs);
  });

  test("is named with what differs and left alone if not", async () => {
    await using at = await setting();
    await at.byHand("post", "feature_flags/", theirs);
    const error = await failed(at.process().flag().up(flagOf()));
    expect(error).toContain("PostHog already has a flag ask-streaming");
    expect(error).toContain(`${at.twin.url}/project/1/feature_flags/`);
    expect(error).toContain("differs in filters: ");
    expect(error).toContain('"rolloutPercent":100');
    expect(await liveFlags(at)).toMatchObject([{ name: "", filters: theirs.filters }]);
  });

  test("whose conditions name a person does not name them", async () => {
    await using at = await setting();
    const groups = [{ properties: [{ ...condition("email", "exact", "ada@brandvx.example"), type: "person" }] }];
    await at.byHand("post", "feature_flags/", { ...theirs, filters: { groups } });
    const error = await failed(at.process().flag().up(flagOf()));
    expect(error).toContain('"on":["email"]');
    expect(error).not.toContain("ada@");
  });

  test("of another stack stays when this one goes", async () => {
    await using at = await setting();
    const [one, other] = [at.process().flag(), at.process().flag()];
    await one.up(flagOf());
    await other.up(flagOf({ managedBy: "brandvx/staging/ask-streaming" }));
    await one.destroy();
    expect(await liveFlags(at)).toMatchObject([{ tags: ["code:brandvx/staging", "managed-by-code", "owner:ai"] }]);
    await other.destroy();
    expect(await liveFlags(at)).toEqual([]);
  });
});

describe("a flag that others have a say in", () => {
  const experiment = (at: Setting) =>
    at.byHand("post", "experiments/", {
      name: "Longer trial",
      feature_flag_key: "ask-streaming",
      start_date: "2026-11-01",
    });

  test("an experiment's flag is named and not overwritten, and not deleted", async () => {
    await using at = await setting();
    const flag = at.process().flag();
    await flag.up(flagOf());
    const { id } = (await experiment(at)) as { id: number };
    expect(await flag.refresh(), "an experiment alone is no drift").toEqual(flagOf());
    await patch(at, { active: false });
    expect(await flag.refresh()).toEqual({ ...flagOf(), active: false, experiments: [`"Longer trial" (${id})`] });
    const writes = at.twin.requests.writes().length;
    expect(await failed(flag.up(flagOf()))).toContain(
      `the flag ask-streaming was not written (it differs in active): it is used by the experiment "Longer trial" (${id})`,
    );
    expect(await failed(flag.destroy())).toContain("was not deleted: it is used by the experiment");
    expect(at.twin.requests.writes()).toHaveLength(writes);
    await at.byHand("patch", `experiments/${id}/`, { deleted: true });
    await flag.up(flagOf());
    expect(await liveFlags(at)).toMatchObject([{ active: true }]);
  });

  test("a scheduled change is named, and not outrun", async () => {
    await using at = await setting();
    const flag = at.process().flag();
    await flag.up(flagOf());
    const [live] = await liveFlags(at);
    await at.byHand("post", "scheduled_changes/", {
      ...{ record_id: String(live?.id), model_name: "FeatureFlag", scheduled_at: "2027-01-01T08:00:00Z" },
      payload: { operation: "update_status", value: false },
    });
    const said = "at 2027-01-01T08:00:00.000Z: switched off";
    expect(await flag.refresh()).toEqual({ ...flagOf(), scheduledChanges: [said] });
    await flag.up(flagOf());
    expect(at.lines.at(-1)).toBe(`PostHog is to change the flag ask-streaming: ${said}`);
    const writes = at.twin.requests.writes().length;
    expect(await failed(flag.up(flagOf({ active: false })))).toContain(
      `${said}. It was not written (it differs in active)`,
    );
    expect(at.twin.requests.writes()).toHaveLength(writes);
  });

  test("a scheduled switch is fine where people handle the switch", async () => {
    await using at = await setting();
    const inputs = flagOf({ handledInPostHog: ["active"] });
    const flag = at.process().flag();
    await flag.up(inputs);
    const [live] = await liveFlags(at);
    await at.byHand("post", "scheduled_changes/", {
      ...{ record_id: String(live?.id), model_name: "FeatureFlag", scheduled_at: "2027-01-01T08:00:00Z" },
      payload: { operation: "update_status", value: false },
    });
    expect(await flag.refresh()).toEqual(inputs);
  });
});

test.for([
  ["a key that PostHog refuses", flagOf({ key: "ask streaming" }), "a flag's key has letters"],
  ["no meaning", flagOf({ meaning: " " }), "a flag needs a meaning"],
  ["a rollout of more than everybody", flagOf({ rules: [{ conditions: [], rolloutPercent: 101 }] }), "rolloutPercent"],
] as const)("%s is refused before anything is sent", async ([, inputs, text]) => {
  await using at = await setting();
  expect(await failed(at.process().flag().up(inputs))).toContain(text);
  expect(at.twin.requests.all()).toEqual([]);
});
