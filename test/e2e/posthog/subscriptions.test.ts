import { expect, test } from "vitest";
import { httpClient } from "../../local/twins/http-client.ts";
import { posthogStack } from "./stack.ts";

/** A program with one dashboard, its subscription and an alert on the conversion of its funnel. */
const digestOnly = `
import { subscriptions } from "./alerts/index.ts";
import { activationFunnel } from "./dashboards/activation-funnel.ts";
import { events } from "./src/catalog/events.ts";
import { alertOn, below } from "./src/alerts/posthog/index.ts";
import { Product, readSettings } from "./src/platform/index.ts";

const dashboards = [activationFunnel];
const insightAlerts = [
  alertOn(activationFunnel.tile("conversion"), {
    name: "Few get going", when: below(0.4), check: "daily", notify: ["growth"], because: "Open the stepper yourself.",
  }),
];
const settings = readSettings({ events, dashboards, subscriptions, insightAlerts, sentryAlerts: [] });
const { teams } = settings;
new Product("product", { ...settings.posthog, teams, dashboards, alerts: insightAlerts, subscriptions: settings.subscriptions });
`;

interface Live {
  readonly id: number;
  readonly title: string;
  readonly target_value: string;
  readonly enabled: boolean;
  readonly dashboard_export_insights: readonly number[];
}

const urn = "**posthog:Subscription::activation-funnel/weekly";

test("a digest is made where the stack says so, unchanged without a request, drifted by field, healed, adopted, replaced and deleted", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  stack.edit("index.ts", () => digestOnly);
  const client = httpClient(posthog.url, { Authorization: `Bearer ${posthog.personalApiKey}` });
  const live = async () => ((await client.get("/api/projects/1/subscriptions/")).body as { results: Live[] }).results;
  const byHand = async (body: object) => {
    const [{ id } = { id: 0 }] = await live();
    const changed = await client.patch(`/api/projects/1/subscriptions/${id}/`, body);
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  };

  stack.configure({ posthogSubscriptions: "true" });
  // A plan that does not include them after all: explained, asked once, and no harm to the rest.
  const forget = posthog.faults.add({
    match: { path: /\/subscriptions\// },
    times: "always",
    effect: { kind: "status", status: 402, detail: "Subscriptions is part of the premium PostHog offering." },
  });
  const mark402 = posthog.requests.mark();
  const refused = await stack.up();
  forget();
  expect(refused.exitCode).not.toBe(0);
  expect(refused.text).toContain("PostHog's plan does not allow this");
  expect(refused.text).toContain("pulumi config set posthogSubscriptions false");
  expect(posthog.requests.since(mark402).filter(({ path }) => path.includes("/subscriptions/"))).toHaveLength(1);
  expect(posthog.live().dashboards).toHaveLength(1);

  // The answer to making it is lost: found again, not made twice.
  posthog.faults.add({ match: { method: "POST", path: /subscriptions\/$/ }, effect: { kind: "reset-after" } });
  const first = await stack.up();
  expect(first.exitCode, first.text).toBe(0);
  const [made, ...others] = await live();
  expect(others).toEqual([]);
  expect(made).toMatchObject({ target_value: "growth@brandvx.example", enabled: true });
  expect(made?.dashboard_export_insights).toHaveLength(5);

  const mark = posthog.requests.mark();
  const same = await stack.up("--expect-no-changes");
  expect(same.exitCode, same.text).toBe(0);
  expect(posthog.requests.since(mark)).toEqual([]);

  await byHand({ target_value: "somebody@elsewhere.example", enabled: false });
  // The alert on the funnel says 40 per cent at PostHog, and 0.4 here.
  const [alert] = posthog.live().alerts;
  expect(alert).toMatchObject({
    config: { type: "FunnelsAlertConfig", metric: "conversion_from_start", funnel_step: null },
    threshold: { configuration: { bounds: { lower: 40 } } },
  });
  const threshold = { configuration: { type: "absolute", bounds: { lower: 7 } } };
  expect((await client.patch(`/api/projects/1/alerts/${alert?.id}/`, { threshold })).status).toBe(200);
  const drifted = await stack.refreshPreview();
  expect(drifted.exitCode, drifted.text).not.toBe(0);
  expect(drifted.text).toContain('"growth@brandvx.example" => "somebody@elsewhere.example"');
  expect(drifted.text).toMatch(/paused\s*: true/);
  expect(drifted.text).toMatch(/value: 0.4 => 0.07/);
  const healed = await stack.up("--refresh", "--run-program");
  expect(healed.exitCode, healed.text).toBe(0);
  expect(await live()).toMatchObject([{ id: made?.id, target_value: "growth@brandvx.example", enabled: true }]);
  expect(posthog.live().alerts).toMatchObject([{ threshold: { configuration: { bounds: { lower: 40 } } } }]);
  expect((await stack.refreshPreview()).exitCode).toBe(0);

  // Replaced although it is the same: taken over by the new one, and left by the old one.
  const replaced = await stack.up("--replace", urn);
  expect(replaced.exitCode, replaced.text).toBe(0);
  expect(await live()).toMatchObject([{ id: made?.id }]);

  // Switched off again where the plan is gone: the stack lets go of it.
  const gone402 = posthog.faults.add({
    match: { path: /\/subscriptions\// },
    times: "always",
    effect: { kind: "status", status: 402, detail: "Subscriptions is part of the premium PostHog offering." },
  });
  stack.configure({ posthogSubscriptions: "false" });
  const off = await stack.up();
  gone402();
  expect(off.exitCode, off.text).toBe(0);
  expect(off.text).toContain("stays in PostHog");

  // What stayed is adopted by its title, and deleted with the stack.
  stack.configure({ posthogSubscriptions: "true" });
  const adopted = await stack.up();
  expect(adopted.exitCode, adopted.text).toBe(0);
  expect(await live()).toMatchObject([{ id: made?.id }]);
  const destroyed = await stack.destroy();
  expect(destroyed.exitCode, destroyed.text).toBe(0);
  expect(await live()).toEqual([]);
  expect(posthog.live().alerts).toEqual([]);
});
