import { expect, test } from "vitest";
import { otherChanges } from "../../../src/operate/changes/others.ts";
import { subscriptionType } from "../../../src/operate/changes/subscriptions.ts";
import { planOf } from "../support/plans.ts";

const inputs = {
  title: "Activation, week by week",
  owner: "growth",
  dashboardId: "5",
  projectId: 1,
  tiles: { conversion: "Opened to first step done" },
  target: { type: "email", emails: ["growth@brandvx.example"] },
  schedule: { frequency: "weekly", weekday: "monday", hour: 9, timeZone: "UTC" },
};
const stated = (changes: object) => ({
  type: subscriptionType,
  name: "activation-funnel/weekly",
  inputs: { ...inputs, ...changes },
});
const wordsOf = (before: object | undefined, after: object | undefined): string[] => {
  const plan = planOf({ before: before ? [stated(before)] : [], after: after ? [stated(after)] : [] });
  return otherChanges(plan.changes).flatMap(({ words }) => words.map(String));
};

test("a new subscription says to whom, when and what, and one that goes says who loses it", () => {
  expect(wordsOf(undefined, {})).toEqual([
    "goes to growth@brandvx.example, on Mondays at 9:00 (UTC)",
    "sends “Opened to first step done”",
  ]);
  expect(wordsOf({}, undefined)).toEqual(["no longer goes to growth@brandvx.example"]);
});

test.for<[string, object, string[]]>([
  ["title", { title: "Other" }, ["is called Other"]],
  [
    "readers",
    { target: { type: "email", emails: ["ai@brandvx.example"] } },
    ["also goes to ai@brandvx.example", "no longer goes to growth@brandvx.example"],
  ],
  [
    "channel",
    { target: { type: "slack", integrationId: 77, channel: "#growth" } },
    ["also goes to Slack #growth", "no longer goes to growth@brandvx.example"],
  ],
  ["address", { target: { type: "webhook" } }, ["also goes to a webhook", "no longer goes to growth@brandvx.example"]],
  [
    "time",
    { schedule: { frequency: "monthly", week: "last", weekday: "friday", hour: 16.5, timeZone: "Europe/Vienna" } },
    ["comes on the last Friday of a month at 16:30 (Europe/Vienna) (before: on Mondays at 9:00 (UTC))"],
  ],
  [
    "tiles",
    { tiles: { end: "Opened to the end" } },
    ["also sends “Opened to the end”", "no longer sends “Opened to first step done”"],
  ],
  ["owner", { owner: "ai" }, ["belongs to ai"]],
  ["pause", { setByHand: { paused: true } }, ["is paused"]],
  ["interval", { setByHand: { interval: 2 } }, ["comes only every 2 days, weeks or months"]],
  ["days", { setByHand: { weekdays: ["monday", "friday"] } }, ["comes on monday and friday (in UTC)"]],
  ["times", { setByHand: { times: 3 } }, ["comes 3 times"]],
  ["end", { setByHand: { until: "2027-01-01" } }, ["comes until 2027-01-01"]],
  ["start", { setByHand: { from: "2030-01-01" } }, ["comes from 2030-01-01 on"]],
  ["summary", { setByHand: { aiSummary: true } }, ["has a summary that PostHog's AI writes of the numbers"]],
  ["board", { setByHand: { dashboard: 9 } }, ["is of the dashboard 9"]],
])("a change of its %s has words, and its return, too", ([, change, words]) => {
  expect(wordsOf({}, change)).toEqual(words);
  expect(wordsOf(change, {})).toHaveLength(words.length);
});
