import { describe, expect, test } from "vitest";
import { failed } from "../lifetime.ts";
import { definition, liveSubscriptions, type Setting, setting, subscriptionTo } from "./support.ts";

/** A dashboard with the tiles "First" and "Second". Returns its id. */
async function dashboardOf(at: Setting): Promise<string> {
  const dashboard = at.process().dashboard();
  await dashboard.up(definition());
  return dashboard.id ?? "";
}
const insightNamed = (at: Setting, name: string): number =>
  at.twin.live().insights.find((insight) => insight.name === name)?.id ?? 0;
const patch = async (at: Setting, body: object) => {
  const [live] = await liveSubscriptions(at);
  await at.byHand("patch", `subscriptions/${live?.id}/`, body);
};

describe("a subscription", () => {
  test("is made with one write that sends nothing now, and the next up sends nothing at all", async () => {
    await using at = await setting();
    const dashboard = await dashboardOf(at);
    const subscription = at.process().subscription();
    const mark = at.twin.requests.mark();
    await subscription.up(subscriptionTo(dashboard));
    const writes = at.twin.requests.since(mark).filter(({ method }) => method !== "GET");
    expect(writes).toMatchObject([{ method: "POST", body: { send_test_now: false } }]);
    expect(await liveSubscriptions(at)).toMatchObject([
      {
        title: "Activation, week by week",
        dashboard: Number(dashboard),
        dashboard_export_insights: [insightNamed(at, "First")],
        ...{ target_type: "email", target_value: "growth@brandvx.example,platform@brandvx.example" },
        ...{ frequency: "weekly", interval: 1, byweekday: ["monday"], start_date: "2026-01-05T09:00:00.000Z" },
        enabled: true,
      },
    ]);
    const before = at.twin.requests.mark();
    expect(await subscription.up(subscriptionTo(dashboard))).toBe("same");
    expect(at.twin.requests.since(before)).toEqual([]);
  });

  test.for([
    ["by e-mail each week", {}],
    ["by Slack", { target: { type: "slack", integrationId: 77, channel: "#growth" } }],
    ["each day", { schedule: { frequency: "daily", hour: 8, timeZone: "America/New_York" } }],
    [
      "each week on a day that is another one in UTC",
      { schedule: { frequency: "weekly", weekday: "monday", hour: 8, timeZone: "Asia/Tokyo" } },
    ],
    [
      "each month",
      { schedule: { frequency: "monthly", week: "last", weekday: "friday", hour: 16, timeZone: "Europe/Vienna" } },
    ],
    ["of several tiles", { tiles: { first: "First", second: "Second" } }],
  ] as const)("%s is read as it was written", async ([, changes]) => {
    await using at = await setting();
    const inputs = subscriptionTo(await dashboardOf(at), changes as never);
    const subscription = at.process().subscription();
    await subscription.up(inputs);
    expect(await subscription.refresh()).toEqual(inputs);
  });

  test("that exists already by its title is taken over, and no second one is made", async () => {
    await using at = await setting();
    const dashboard = await dashboardOf(at);
    await at.byHand("post", "subscriptions/", {
      ...{ title: "Activation, week by week", dashboard: Number(dashboard), frequency: "daily" },
      dashboard_export_insights: [insightNamed(at, "Second")],
      ...{ target_type: "email", target_value: "somebody@brandvx.example", start_date: "2026-01-01T08:00:00Z" },
    });
    const [theirs] = await liveSubscriptions(at);
    const subscription = at.process().subscription();
    await subscription.up(subscriptionTo(dashboard));
    expect(subscription.id).toBe(String(theirs?.id));
    expect(await subscription.refresh()).toEqual(subscriptionTo(dashboard));
    expect(await liveSubscriptions(at)).toHaveLength(1);
  });

  test("is deleted in PostHog's way, with a body of that alone, and a second time without an error", async () => {
    await using at = await setting();
    const dashboard = await dashboardOf(at);
    const [subscription, same] = [at.process().subscription(), at.process().subscription()];
    await subscription.up(subscriptionTo(dashboard));
    await same.up(subscriptionTo(dashboard));
    expect(same.id).toBe(subscription.id);
    await subscription.destroy();
    expect(at.twin.requests.writes().at(-1)).toMatchObject({ method: "PATCH", body: { deleted: true } });
    expect(await liveSubscriptions(at)).toEqual([]);
    await same.destroy();
  });

  test("that somebody deleted is gone although PostHog still shows it, and is made again", async () => {
    await using at = await setting();
    const dashboard = await dashboardOf(at);
    const subscription = at.process().subscription();
    await subscription.up(subscriptionTo(dashboard));
    await patch(at, { deleted: true });
    expect(await subscription.refresh()).toBeUndefined();
    await subscription.up(subscriptionTo(dashboard));
    expect(await liveSubscriptions(at)).toHaveLength(1);
  });

  test("follows its tile's new title without a write, and names a tile that is not there", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    const subscription = at.process().subscription();
    const id = dashboard.id ?? "";
    await subscription.up(subscriptionTo(id));
    const [first, second] = Object.entries(definition().tiles);
    await dashboard.up(
      definition({
        tiles: Object.fromEntries([[first?.[0], { ...first?.[1], title: "First of all" }], second] as never),
      }),
    );
    const mark = at.twin.requests.writes().length;
    await subscription.up(subscriptionTo(id, { tiles: { first: "First of all" } }));
    expect(at.twin.requests.writes()).toHaveLength(mark);
    const message = await failed(subscription.up(subscriptionTo(id, { tiles: { none: "None" } })));
    expect(message).toContain('has no insight "None" for the tile "none"');
  });
});

describe("what was changed by hand is drift of the field, and is put back with those fields alone", () => {
  test.for<[string, (at: Setting) => object, (at: Setting) => object, string[]]>([
    ["the title", () => ({ title: "Theirs" }), () => ({ title: "Theirs" }), ["title"]],
    [
      "who gets it",
      () => ({ target_value: "growth@brandvx.example" }),
      () => ({ target: { type: "email", emails: ["growth@brandvx.example"] } }),
      ["integration_id", "target_type", "target_value"],
    ],
    [
      "where it goes",
      () => ({ target_type: "slack", target_value: "C0123|#sales", integration_id: 77 }),
      () => ({ target: { type: "slack", integrationId: 77, channel: "C0123|#sales" } }),
      ["integration_id", "target_type", "target_value"],
    ],
    [
      "where it goes, to an address that is not shown",
      () => ({ target_type: "webhook", target_value: "https://hooks.example/marked-secret" }),
      () => ({ target: { type: "webhook" } }),
      ["integration_id", "target_type", "target_value"],
    ],
    [
      "which tiles it sends",
      (at) => ({ dashboard_export_insights: [insightNamed(at, "Second")] }),
      (at) => ({ tiles: { [`insight ${insightNamed(at, "Second")}`]: "Second" } }),
      ["dashboard_export_insights"],
    ],
    [
      "the weekday",
      () => ({ byweekday: ["friday"] }),
      () => ({ schedule: { frequency: "weekly", weekday: "friday", hour: 9, timeZone: "UTC" } }),
      ["bysetpos", "byweekday", "frequency", "start_date"],
    ],
    [
      "the time",
      () => ({ start_date: "2026-02-02T10:30:00Z" }),
      () => ({ schedule: { frequency: "weekly", weekday: "monday", hour: 10.5, timeZone: "UTC" } }),
      ["bysetpos", "byweekday", "frequency", "start_date"],
    ],
    [
      "how often it comes",
      () => ({ frequency: "daily", byweekday: null }),
      () => ({ schedule: { frequency: "daily", hour: 9, timeZone: "UTC" } }),
      ["bysetpos", "byweekday", "frequency", "start_date"],
    ],
    ["a pause", () => ({ enabled: false }), () => ({ setByHand: { paused: true } }), ["enabled"]],
    ["an interval", () => ({ interval: 2 }), () => ({ setByHand: { interval: 2 } }), ["interval"]],
    ["a number of times", () => ({ count: 99 }), () => ({ setByHand: { times: 99 } }), ["count"]],
    [
      "an end",
      () => ({ until_date: "2030-01-01T00:00:00.000Z" }),
      () => ({ setByHand: { until: "2030-01-01T00:00:00.000Z" } }),
      ["until_date"],
    ],
    [
      "another day beside its own",
      () => ({ byweekday: ["monday", "friday"] }),
      () => ({ setByHand: { weekdays: ["monday", "friday"] } }),
      ["bysetpos", "byweekday", "frequency", "start_date"],
    ],
    [
      "a later start",
      () => ({ start_date: "2030-01-07T09:00:00.000Z" }),
      () => ({ setByHand: { from: "2030-01-07T09:00:00.000Z" } }),
      ["bysetpos", "byweekday", "frequency", "start_date"],
    ],
    [
      "a summary by AI",
      () => ({ summary_enabled: true }),
      () => ({ setByHand: { aiSummary: true } }),
      ["summary_enabled"],
    ],
  ])("%s", async ([, body, drift, written]) => {
    await using at = await setting();
    const dashboard = await dashboardOf(at);
    const subscription = at.process().subscription();
    await subscription.up(subscriptionTo(dashboard));
    await patch(at, body(at));
    const shown = await subscription.refresh();
    expect(shown).toEqual({ ...subscriptionTo(dashboard), ...drift(at) });
    expect(JSON.stringify(shown)).not.toContain("marked-secret");
    const mark = at.twin.requests.writes().length;
    await subscription.up(subscriptionTo(dashboard));
    const [heal, ...others] = at.twin.requests.writes().slice(mark);
    expect(others).toEqual([]);
    expect(Object.keys(heal?.body as object).toSorted()).toEqual(written);
    expect(await subscription.refresh()).toEqual(subscriptionTo(dashboard));
  });

  test("a tile that somebody deleted from the dashboard, once the dashboard has it again", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    const subscription = at.process().subscription();
    await subscription.up(subscriptionTo(dashboard.id ?? ""));
    await at.byHand("patch", `insights/${insightNamed(at, "First")}/`, { deleted: true });
    await dashboard.refresh();
    await subscription.refresh();
    await dashboard.up(definition());
    await subscription.up(subscriptionTo(dashboard.id ?? ""));
    expect(await liveSubscriptions(at)).toMatchObject([{ dashboard_export_insights: [insightNamed(at, "First")] }]);
  });
});

describe("a plan without subscriptions", () => {
  test("is explained and asked once: nothing is made, and nothing is sent again", async () => {
    await using at = await setting({ features: { subscriptions: false } });
    const dashboard = await dashboardOf(at);
    const mark = at.twin.requests.mark();
    const message = await failed(at.process().subscription().up(subscriptionTo(dashboard)));
    expect(message).toContain("PostHog's plan does not allow this");
    expect(message).toContain("pulumi config set posthogSubscriptions false");
    expect(at.twin.requests.since(mark).filter(({ path }) => path.includes("/subscriptions/"))).toHaveLength(1);
  });

  test("that was given up lets go of what it had, and says what stays", async () => {
    await using at = await setting();
    const dashboard = await dashboardOf(at);
    const subscription = at.process().subscription();
    await subscription.up(subscriptionTo(dashboard));
    at.twin.faults.add({
      match: { path: /\/subscriptions\// },
      times: "always",
      effect: { kind: "status", status: 402, detail: "Upgrade." },
    });
    expect(await failed(subscription.refresh())).toContain("pulumi config set posthogSubscriptions false");
    await subscription.destroy();
    expect(at.lines.join("\n")).toContain('the subscription "Activation, week by week" stays in PostHog');
  });
});

test("a Slack workspace that PostHog is not connected to is refused in PostHog's words", async () => {
  await using at = await setting();
  const dashboard = await dashboardOf(at);
  const target = { type: "slack", integrationId: 5, channel: "#growth" } as const;
  const message = await failed(at.process().subscription().up(subscriptionTo(dashboard, { target })));
  expect(message).toContain("This integration does not exist or does not belong to your team.");
});

test.for([
  ["no tile", { tiles: {} }, "sends at least one tile"],
  ["seven tiles", { tiles: Object.fromEntries([..."abcdefg"].map((key) => [key, key])) }, "at most 6 tiles"],
  ["a title of 101 characters", { title: "x".repeat(101) }, "100"],
  ["an hour that is none", { schedule: { frequency: "daily", hour: 24, timeZone: "UTC" } }, "0 to 23"],
  [
    "a weekday of a month that is another one in UTC",
    { schedule: { frequency: "monthly", week: "first", weekday: "monday", hour: 3, timeZone: "Asia/Tokyo" } },
    "another day in UTC",
  ],
])("%s is refused before anything is sent", async ([, changes, problem]) => {
  await using at = await setting();
  const mark = at.twin.requests.mark();
  expect(
    await failed(
      at
        .process()
        .subscription()
        .up(subscriptionTo("1", changes as never)),
    ),
  ).toContain(problem);
  expect(at.twin.requests.since(mark)).toEqual([]);
});
