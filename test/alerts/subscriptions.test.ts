import { describe, expect, test } from "vitest";
import { subscriptions } from "../../alerts/index.ts";
import { dashboards } from "../../dashboards/index.ts";
import {
  daily,
  monthly,
  type SubscriptionDefinition,
  subscribe,
  subscriptionFindings,
  weekly,
} from "../../src/alerts/posthog/index.ts";
import { scheduleFields, type Weekday } from "../../src/model/posthog/subscriptions.ts";

const [given] = subscriptions;
if (!given) throw new Error("there is no subscription");
const problems = (...all: SubscriptionDefinition[]) =>
  subscriptionFindings(all, dashboards).map(({ problem }) => problem);

test("the subscriptions of the repository are right", () => {
  expect(subscriptionFindings(subscriptions, dashboards)).toEqual([]);
});

describe("a subscription", () => {
  test("is plain data, by e-mail unless it says otherwise", () => {
    const [board] = dashboards;
    expect(
      subscribe(board as never, {
        key: "a",
        title: "A",
        tiles: ["conversion"] as never,
        to: ["ai"],
        comes: daily({ hour: 7 }),
      }),
    ).toEqual({
      ...{ dashboardKey: board?.key, key: "a", title: "A", to: ["ai"], by: "e-mail" },
      tiles: { conversion: "Opened to first step done" },
      schedule: { frequency: "daily", hour: 7, timeZone: "UTC" },
    });
  });

  test.for<[string, Partial<SubscriptionDefinition>, string]>([
    ["a dashboard that does not exist", { dashboardKey: "none" }, 'is of "none", which does not exist'],
    [
      "a tile that does not exist",
      { tiles: { gone: "Gone" } },
      'sends the tile "gone" of "activation-funnel", which does not exist',
    ],
    ["a text", { tiles: { about: "About" } }, 'sends the tile "about", which is a text'],
    ["no tile", { tiles: {} }, "sends no tile"],
    ["no title", { title: " " }, "has no title"],
    ["a title that is too long", { title: "x".repeat(101) }, "has a title that has 101 characters"],
    ["a wrong key", { key: "Each Week" }, 'has the key "Each Week"'],
    ["nobody", { to: [] as never }, "goes to nobody"],
    [
      "an hour that is none",
      { schedule: daily({ hour: 24 }) },
      "comes at a time whose hour is no hour of a day: 0 to 23",
    ],
    [
      "a day that PostHog cannot keep",
      { schedule: { ...monthly({ on: "first monday", hour: 1 }), timeZone: "Asia/Tokyo" } },
      "comes at 1 o'clock of Asia/Tokyo, which is another day in UTC, and PostHog counts a month's weekdays in UTC",
    ],
  ])("to or of %s is a finding", ([, changes, problem]) => {
    expect(problems({ ...given, ...changes })).toEqual([problem]);
  });

  test("of seven tiles is a finding", () => {
    const [board] = dashboards;
    const seven = Object.keys(board?.tiles ?? {}).slice(0, 7);
    expect(problems({ ...given, tiles: Object.fromEntries(seven.map((key) => [key, key])) })).toEqual([
      "sends 7 tiles",
    ]);
  });

  test("with the key or the title of another one is a finding", () => {
    expect(problems(given, { ...given, title: "Another" })).toEqual([
      'has the key "weekly" of another one of "activation-funnel"',
    ]);
    expect(problems(given, { ...given, key: "other" })).toEqual([
      'has the title of another one of "activation-funnel"',
    ]);
  });
});

describe("when it comes, in PostHog's words", () => {
  test.for([
    [
      "Mondays at 9 in UTC",
      weekly({ on: "monday", hour: 9 }),
      "UTC",
      { byweekday: ["monday"], start_date: "2026-01-05T09:00:00.000Z" },
    ],
    [
      "Sundays at 9 in UTC",
      weekly({ on: "sunday", hour: 9 }),
      "UTC",
      { byweekday: ["sunday"], start_date: "2026-01-11T09:00:00.000Z" },
    ],
    [
      "Mondays at 9 in Vienna, by its winter time",
      weekly({ on: "monday", hour: 9 }),
      "Europe/Vienna",
      { byweekday: ["monday"], start_date: "2026-01-05T08:00:00.000Z" },
    ],
    [
      "Mondays at 8 in Tokyo, which is Sunday in UTC",
      weekly({ on: "monday", hour: 8 }),
      "Asia/Tokyo",
      { byweekday: ["sunday"], start_date: "2026-01-04T23:00:00.000Z" },
    ],
    [
      "Sundays at 20 in New York, which is Monday in UTC",
      weekly({ on: "sunday", hour: 20 }),
      "America/New_York",
      { byweekday: ["monday"], start_date: "2026-01-12T01:00:00.000Z" },
    ],
    [
      "each day at half past six of Kolkata's neighbour",
      daily({ hour: 12 }),
      "Asia/Kolkata",
      { byweekday: null, start_date: "2026-01-05T06:30:00.000Z" },
    ],
    [
      "the last Friday of a month",
      monthly({ on: "last friday", hour: 16 }),
      "UTC",
      { byweekday: ["friday"], bysetpos: -1, start_date: "2026-01-09T16:00:00.000Z" },
    ],
  ] as const)("%s", ([, schedule, timeZone, fields]) => {
    expect(scheduleFields({ ...schedule, timeZone })).toMatchObject({
      frequency: schedule.frequency,
      interval: 1,
      ...fields,
    });
  });

  test("a day that is none does not compile", () => {
    // @ts-expect-error no weekday
    const day: Weekday = "someday";
    expect(day).toBe("someday");
  });
});
