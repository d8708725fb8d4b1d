import { describe, expect, test, vi } from "vitest";
import type { Deliveries, InsightAlertInputs } from "../../../src/resources/posthog/insight-alert/inputs.ts";
import { failed } from "../lifetime.ts";
import { alertOn, definition, type Setting, setting } from "./support.ts";

vi.setConfig({ testTimeout: 60_000 });

const url = "https://hooks.example/marked-secret-address";
const slack = { type: "slack", teams: ["growth"], integrationId: 77, channel: "#growth" } as const;
const webhook = { type: "webhook", teams: ["platform"], url } as const;
const both: Deliveries = {
  "Slack #growth": { ...slack, teams: [...slack.teams] },
  "webhook of platform": { ...webhook, teams: ["platform"] },
};

const named = ({ twin }: Setting, name: string) => {
  const found = twin.hogFunctions().find((one) => one.name === name);
  if (!found) throw new Error(`there is no Hog function "${name}"`);
  return found;
};
const toSlack = (at: Setting) => named(at, "Too many → Slack #growth");
const toWebhook = (at: Setting) => named(at, "Too many → webhook of platform");

/** A dashboard, and an alert on it that is sent to a channel and to a webhook. */
async function withDeliveries(at: Setting, changes: Partial<InsightAlertInputs> = {}) {
  const process = at.process();
  const dashboard = process.dashboard();
  await dashboard.up(definition());
  const alert = process.alert();
  const wanted = alertOn(dashboard.id ?? "", { deliveries: both, ...changes });
  await alert.up(wanted);
  return { process, dashboard, alert, wanted };
}

const writes = ({ twin }: Setting): number => twin.requests.writes().length;

describe("the deliveries of an alert", () => {
  test("are made with it, each for this alert alone, and say what is wrong and where to look", async () => {
    await using at = await setting();
    const { alert } = await withDeliveries(at, { because: "Less than {half} <is> left." });
    expect(at.twin.hogFunctions()).toHaveLength(2);
    const { filters, inputs, ...made } = toSlack(at);
    expect(made).toMatchObject({ type: "internal_destination", template_id: "template-slack", enabled: true });
    expect(filters).toMatchObject({
      events: [{ id: "$insight_alert_firing", type: "events" }],
      properties: [{ key: "alert_id", value: alert.id, operator: "exact", type: "event" }],
    });
    expect(inputs).toMatchObject({ slack_workspace: { value: 77 }, channel: { value: "#growth" } });
    // A brace would begin an expression, a `<` a link or a mention.
    expect(JSON.stringify(inputs.blocks)).toContain("Less than \\\\{half} &lt;is&gt; left. (growth)");
    expect(toWebhook(at).encrypted_inputs).toMatchObject({ url: { value: url } });
    expect(toWebhook(at).inputs).not.toHaveProperty("url");
  });

  test("are the same at the next refresh and up, without a write", async () => {
    await using at = await setting();
    const { alert, wanted } = await withDeliveries(at);
    const before = writes(at);
    expect(await alert.refresh()).toEqual(wanted);
    expect(await alert.up(wanted)).toBe("same");
    expect(writes(at)).toBe(before);
  });

  test("are not asked for where no team has any", async () => {
    await using at = await setting();
    const mark = at.twin.requests.mark();
    const { alert, wanted } = await withDeliveries(at, { deliveries: undefined });
    await alert.refresh();
    await alert.up({ ...wanted, name: "Far too many" });
    await alert.destroy();
    expect(at.twin.requests.since(mark).filter(({ path }) => /hog_functions|integrations/.test(path))).toEqual([]);
  });

  test("follow the alert's name and the address of a webhook, and one that is not wanted any more goes", async () => {
    await using at = await setting();
    const { alert, wanted } = await withDeliveries(at);
    const other = "https://hooks.example/another-secret";
    await alert.up({
      ...wanted,
      name: "Far too many",
      deliveries: { "webhook of platform": { ...webhook, teams: ["platform"], url: other } },
    });
    const [only, ...others] = at.twin.hogFunctions();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      name: "Far too many → webhook of platform",
      encrypted_inputs: { url: { value: other } },
    });
    await alert.up({ ...wanted, deliveries: undefined });
    expect(at.twin.hogFunctions()).toEqual([]);
  });

  test("are gone with it, also in releases of PostHog that leave them", async () => {
    await using at = await setting({ features: { alertsDeleteDestinations: false } });
    const { alert } = await withDeliveries(at);
    await alert.destroy();
    expect(at.twin.live().alerts).toEqual([]);
    expect(at.twin.hogFunctions()).toEqual([]);
  });

  test("that an earlier run made without a state are taken over, and a hidden address is written again", async () => {
    await using at = await setting();
    const { dashboard, wanted } = await withDeliveries(at);
    const before = at.twin.hogFunctions().map(({ id }) => id);
    await at.byHand("patch", `hog_functions/${toWebhook(at).id}/`, {
      inputs: { url: { value: "https://other.example/" } },
    });
    const again = at.process().alert();
    await again.up(alertOn(dashboard.id ?? "", wanted));
    expect(at.twin.hogFunctions().map(({ id }) => id)).toEqual(before);
    expect(toWebhook(at).encrypted_inputs).toMatchObject({ url: { value: url } });
  });

  test.for([true, false])(
    "follow an alert that is made anew (PostHog deletes them with it: %s), and none is left over",
    async (alertsDeleteDestinations) => {
      await using at = await setting({ features: { alertsDeleteDestinations } });
      const { alert, wanted } = await withDeliveries(at);
      await at.byHand("delete", `alerts/${alert.id}/`);
      expect(await alert.refresh()).toBeUndefined();
      await alert.up(wanted);
      expect(at.twin.hogFunctions()).toHaveLength(2);
      for (const { filters } of at.twin.hogFunctions())
        expect(filters).toMatchObject({ properties: [{ key: "alert_id", value: alert.id }] });
      expect(await alert.refresh()).toEqual(wanted);
    },
  );

  test("of an alert that is replaced by one on another tile are for the new one, and the old ones go", async () => {
    await using at = await setting();
    const { alert, wanted } = await withDeliveries(at);
    expect(await alert.up({ ...wanted, tileKey: "second", tileTitle: "Second" })).toBe("replaced");
    expect(at.twin.live().alerts).toHaveLength(1);
    expect(at.twin.hogFunctions()).toHaveLength(2);
    for (const { filters } of at.twin.hogFunctions())
      expect(filters).toMatchObject({ properties: [{ value: at.twin.live().alerts[0]?.id }] });
  });

  test.for(["in one go", "after a kill in between"])(
    "of an alert that is tainted are taken over %s, and stay when the old one goes",
    async (ending) => {
      await using at = await setting();
      const { alert, wanted } = await withDeliveries(at);
      const before = at.twin.hogFunctions().map(({ id }) => id);
      const after = await alert.replace(wanted, ending === "in one go" ? undefined : at.process().alert());
      expect(at.twin.hogFunctions().map(({ id }) => id)).toEqual(before);
      expect(at.twin.live().alerts).toHaveLength(1);
      expect(await after.refresh()).toEqual(wanted);
    },
  );

  test("of another stack's alert with the same name are left alone", async () => {
    await using at = await setting();
    await withDeliveries(at);
    const theirs = at.twin.hogFunctions().map(({ id }) => id);
    const process = at.process();
    const dashboard = process.dashboard();
    await dashboard.up(definition({ key: "other", managedBy: "brandvx/other/other" }));
    const alert = process.alert();
    await alert.up(alertOn(dashboard.id ?? "", { deliveries: both }));
    expect(at.twin.hogFunctions()).toHaveLength(4);
    await alert.destroy();
    expect(at.twin.hogFunctions().map(({ id }) => id)).toEqual(theirs);
  });

  test("do not begin where PostHog is not connected to that Slack: it would take the number, and tell nobody", async () => {
    await using at = await setting({ integrations: [{ id: 5, kind: "github", display_name: "GitHub" }] });
    expect(await failed(withDeliveries(at))).toMatch(
      /integration 77 of PostHog, which does not exist[\s\S]*posthogSlackIntegrationId/,
    );
    expect(at.twin.hogFunctions()).toEqual([]);
    const github = { "Slack #growth": { ...slack, teams: ["growth"], integrationId: 5 } };
    const said = await failed(withDeliveries(at, { deliveries: github }));
    expect(said).toContain("integration 5 of PostHog, which is github");
  });

  test("keep their addresses out of every message", async () => {
    await using at = await setting();
    const broken: Deliveries = { "webhook of platform": { ...webhook, teams: ["platform"], url: "marked-secret" } };
    const said = await failed(withDeliveries(at, { deliveries: broken }));
    expect(said).toContain("a webhook is an http(s) address");
    expect(said).not.toContain("marked-secret");
    at.twin.faults.add({
      match: { method: "POST", path: /hog_functions/ },
      times: "always",
      effect: { kind: "status", status: 400, detail: "no" },
    });
    const refused = await failed(
      withDeliveries(at, { deliveries: { "webhook of platform": both["webhook of platform"] as never } }),
    );
    expect(refused).not.toContain("marked-secret");
  });
});

type Seen = Record<string, object | undefined>;
const otherFilters = (value: string) => ({
  events: [{ id: "$insight_alert_firing", type: "events" }],
  properties: [{ key: "alert_id", value, operator: "exact", type: "event" }],
});
const [growth, platform] = ["Slack #growth", "webhook of platform"] as const;

/** What somebody does in PostHog's app, to which function, and what a refresh then shows in place of the delivery. */
const byHand: Record<string, [function_: (at: Setting) => { id: string }, body: (at: Setting) => object, seen: Seen]> =
  {
    "switches one off": [
      toSlack,
      () => ({ enabled: false }),
      { [growth]: { ...both[growth], changedByHand: { enabled: false } } },
    ],
    "deletes one": [toWebhook, () => ({ deleted: true }), { [platform]: undefined }],
    "renames one": [
      toSlack,
      () => ({ name: "Mine" }),
      { [growth]: { ...both[growth], changedByHand: { name: "Mine" } } },
    ],
    "describes one": [
      toSlack,
      () => ({ description: "Mine" }),
      { [growth]: { ...both[growth], changedByHand: { description: "Mine" } } },
    ],
    "moves one to another channel": [
      toSlack,
      (at) => ({ inputs: { ...toSlack(at).inputs, channel: { value: "#random" } } }),
      { [growth]: { ...both[growth], channel: "#random" } },
    ],
    "moves one to another workspace": [
      toSlack,
      (at) => ({ inputs: { ...toSlack(at).inputs, slack_workspace: { value: 78 } } }),
      { [growth]: { ...both[growth], integrationId: 78 } },
    ],
    "gives one a name in Slack": [
      toSlack,
      (at) => ({ inputs: { ...toSlack(at).inputs, username: { value: "Bob" } } }),
      { [growth]: { ...both[growth], changedByHand: { message: { username: "Bob" } } } },
    ],
    "words one in another way": [
      toSlack,
      (at) => ({ inputs: { ...toSlack(at).inputs, text: { value: "Boo" } } }),
      { [growth]: { ...both[growth], changedByHand: { message: { text: "Boo" } } } },
    ],
    "points one at another alert": [
      toSlack,
      () => ({ filters: otherFilters("another") }),
      { [growth]: { ...both[growth], changedByHand: { firesOn: otherFilters("another") } } },
    ],
    "shows the address of a webhook": [
      toWebhook,
      () => ({
        inputs_schema: [
          { key: "url", type: "string", secret: false, required: true },
          { key: "body", type: "json" },
          { key: "method", type: "string" },
        ],
        inputs: { ...{}, url: { value: "https://elsewhere.example/" } },
      }),
      {
        [platform]: { ...both[platform], url: "(not known)", changedByHand: { message: { body: null, method: null } } },
      },
    ],
  };

describe("somebody", () => {
  test.for(Object.entries(byHand))("%s: a refresh shows it, and an up undoes it", async ([, [which, body, seen]]) => {
    await using at = await setting();
    const { alert, wanted } = await withDeliveries(at);
    await at.byHand("patch", `hog_functions/${which(at).id}/`, body(at));
    const expected = Object.fromEntries(Object.entries({ ...both, ...seen }).filter(([, one]) => one !== undefined));
    expect(await alert.refresh()).toEqual({ ...wanted, deliveries: expected });
    await alert.up(wanted);
    expect(await alert.refresh()).toEqual(wanted);
    expect(at.twin.hogFunctions()).toHaveLength(2);
    expect(toWebhook(at).inputs).not.toHaveProperty("url");
  });

  test("adds a destination of their own: a refresh shows it, and only then an up removes it", async () => {
    await using at = await setting();
    const { alert, wanted } = await withDeliveries(at);
    const theirs = { ...otherFilters(alert.id ?? "") };
    const { id } = (await at.byHand("post", "hog_functions/", {
      ...{ type: "internal_destination", template_id: "template-webhook", name: "Theirs", filters: theirs },
      inputs: { url: { value: "https://theirs.example/" } },
    })) as { id: string };
    await alert.up({ ...wanted, because: "It is far too much." });
    expect(at.twin.hogFunctions()).toHaveLength(3);
    const stranger = { type: "made by hand", name: "Theirs", template: "template-webhook" };
    expect((await alert.refresh())?.deliveries).toEqual({ ...both, [`by hand ${id}`]: stranger });
    await alert.up(wanted);
    expect(at.twin.hogFunctions()).toHaveLength(2);
  });
});
