import { describe, expect, test } from "vitest";
import { alertChanges } from "../../../src/operate/changes/alerts.ts";
import { driftPage } from "../../../src/operate/drift/page.ts";
import { driftReport } from "../../../src/operate/drift/report.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { planOf, type Stated } from "../support/plans.ts";
import { allAlerts } from "../support/stated.ts";

const slack = { type: "slack", teams: ["messaging", "platform"], integrationId: 77, channel: "#sms" };
const webhook = { type: "webhook", teams: ["platform"], url: "[secret]" };
const both = { "Slack #sms": slack, "webhook of platform": webhook };

function failing(deliveries: object): Stated {
  const found = allAlerts().find(({ name }) => name === "cadence-throughput/failure-ratio");
  if (!found) throw new Error("there is no such alert");
  return { ...found, inputs: { ...found.inputs, deliveries } };
}

const change = (before: object, after: object) =>
  alertChanges(planOf({ before: [failing(before)], after: [failing(after)] }).changes)[0];
const words = (before: object, after: object) => change(before, after)?.words.map(String);
const handed = (hand: object) => ({ ...both, "Slack #sms": { ...slack, changedByHand: hand } });
const { "Slack #sms": _, ...onlyWebhook } = both;

describe("what happens to a delivery is told by team and alert", () => {
  test.for<[string, object, string]>([
    ["deleted", onlyWebhook, "messaging and platform are no longer told of Cadence messages fail (Slack #sms)"],
    [
      "switched off",
      handed({ enabled: false }),
      "messaging and platform are no longer told of Cadence messages fail (Slack #sms): it is switched off",
    ],
    [
      "pointed at something else",
      handed({ firesOn: {} }),
      "messaging and platform are no longer told of Cadence messages fail (Slack #sms): it waits for something else",
    ],
    [
      "moved",
      { ...both, "Slack #sms": { ...slack, channel: "#random" } },
      "messaging and platform are told of Cadence messages fail in #random instead of #sms",
    ],
    [
      "worded in another way",
      handed({ message: { text: "Boo" } }),
      "messaging and platform are told of Cadence messages fail in other words (Slack #sms)",
    ],
    [
      "renamed",
      handed({ name: "Mine" }),
      "what tells of Cadence messages fail (Slack #sms) has another name or description",
    ],
    [
      "given another address",
      { ...both, "webhook of platform": { ...webhook, url: "(not known)" } },
      "platform is told of Cadence messages fail at another address (webhook of platform)",
    ],
    [
      "joined by somebody's own",
      { ...both, "by hand 1": { type: "made by hand", name: "Theirs", template: "template-slack" } },
      "somebody is also told of Cadence messages fail: “Theirs”, made by hand",
    ],
  ])("%s", ([, live, said]) => {
    expect(words(both, live)).toEqual([said]);
  });

  test("put back, and new", () => {
    expect(words(handed({ enabled: false }), both)).toEqual([
      "messaging and platform are told again of Cadence messages fail (Slack #sms)",
    ]);
    expect(words(onlyWebhook, both)).toEqual([
      "messaging and platform are also told of Cadence messages fail (Slack #sms)",
    ]);
  });

  test("in a drift report, under the team that answers for the alert", () => {
    const live = planOf({ before: [failing(both)], after: [failing(onlyWebhook)] });
    const page = markdown(driftPage(driftReport("production", { live, program: planOf({}) })));
    expect(page).toMatch(
      /\*\*messaging: [\s\S]*platform are no longer told of \*Cadence messages fail\* \(Slack #sms\)/,
    );
  });
});

test("whom an alert notifies are those of its deliveries, too, but for one that is switched off", () => {
  const mailed = ["messaging@brandvx.example", "platform@brandvx.example"];
  expect(change({}, both)?.recipients).toEqual([...mailed, "Slack #sms", "webhook of platform"]);
  expect(change(both, handed({ enabled: false }))?.recipients).toEqual([...mailed, "webhook of platform"]);
});
