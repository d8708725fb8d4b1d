import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { posthogStack } from "./stack.ts";

const address = "https://hooks.example/marked-secret-address";

/** One stack for the whole file: each test continues where the one before ended. */
let at: Awaited<ReturnType<typeof posthogStack>>;
beforeAll(async () => {
  at = await posthogStack();
  at.stack.configure({
    posthogSlackIntegrationId: 77,
    teams: {
      ai: { emails: ["ai@brandvx.example"] },
      growth: { emails: ["growth@brandvx.example"] },
      messaging: { emails: ["messaging@brandvx.example"], slackChannel: "#sms" },
      platform: { emails: ["platform@brandvx.example"] },
    },
  });
  const path = "brandvx-observability:teamWebhooks.platform";
  const set = await at.stack.pulumi("config", "set", "--secret", "--path", path, address);
  expect(set.exitCode, set.text).toBe(0);
});
afterAll(() => at?.[Symbol.asyncDispose]());

const names = (): (string | null)[] =>
  at.posthog
    .hogFunctions()
    .map(({ name }) => name)
    .toSorted();
const wanted = ["Cadence messages fail → Slack #sms", "Cadence messages fail → webhook of platform"];

async function byHand(name: string, body: object): Promise<void> {
  const found = at.posthog.hogFunctions().find((one) => one.name === name);
  const answer = await fetch(`${at.posthog.url}/api/projects/1/hog_functions/${found?.id}/`, {
    method: "PATCH",
    headers: { Authorization: `Bearer ${at.posthog.personalApiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
}

describe("the deliveries of alerts, on the real engine", () => {
  test("are made once although a write of them fails, and the address of a webhook stays hidden", async () => {
    const forget = at.posthog.faults.add({
      match: { method: "POST", path: /hog_functions/ },
      times: 1,
      effect: { kind: "status", status: 403, detail: `not ${address}` },
    });
    const failed = await at.stack.up();
    forget();
    expect(failed.exitCode).not.toBe(0);
    expect(names().length).toBeLessThan(2);
    const up = await at.stack.up();
    expect(up.exitCode, up.text).toBe(0);
    expect(names()).toEqual(wanted);
    expect(at.posthog.live().alerts).toHaveLength(3);
    const webhook = at.posthog.hogFunctions().find(({ name }) => name === wanted[1]);
    expect(webhook?.encrypted_inputs).toMatchObject({ url: { value: address } });
    for (const text of [failed.text, up.text, await at.stack.state()]) expect(text).not.toContain("marked-secret");
  });

  test("need no request to stay as they are", async () => {
    const before = at.posthog.requests.writes().length;
    const again = await at.stack.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    expect(again.exitCode, again.text).toBe(0);
    const refreshed = await at.stack.refreshPreview();
    expect(refreshed.exitCode, refreshed.text).toBe(0);
    expect(refreshed.text).not.toContain("marked-secret");
    expect(at.posthog.requests.writes()).toHaveLength(before);
  });

  test("are named where somebody changed them, and put back", async () => {
    await byHand(wanted[0] ?? "", { enabled: false });
    await byHand(wanted[1] ?? "", { deleted: true });
    const seen = await at.stack.refreshPreview();
    expect(seen.exitCode, seen.text).toBe(7);
    expect(seen.text).toMatch(/Slack #sms[\s\S]*changedByHand/);
    expect(seen.text).toContain("webhook of platform");
    expect(seen.text).not.toContain("marked-secret");
    const healed = await at.stack.up("--refresh", "--run-program");
    expect(healed.exitCode, healed.text).toBe(0);
    expect(names()).toEqual(wanted);
    expect(at.posthog.hogFunctions().every(({ enabled }) => enabled)).toBe(true);
    expect(`${healed.text}${await at.stack.state()}`).not.toContain("marked-secret");
    expect((await at.stack.refreshPreview()).exitCode).toBe(0);
  });

  test("are its own for a second alert on the tile, which warns sooner", async () => {
    const sooner = `alertOn(cadenceThroughput.tile("failure-ratio"), {
      key: "warn", name: "Cadence messages begin to fail", when: above(0.02), check: "hourly",
      notify: ["messaging"], because: "One message in fifty fails.",
    }),`;
    at.stack.edit("alerts/posthog.ts", (text) => text.replace("insightAlerts = [", `insightAlerts = [${sooner}`));
    const up = await at.stack.up();
    expect(up.exitCode, up.text).toBe(0);
    expect(at.posthog.live().alerts).toHaveLength(4);
    const [begin, fail] = ["Cadence messages begin to fail", "Cadence messages fail"].map((wantedName) =>
      at.posthog.live().alerts.find(({ name }) => name === wantedName),
    );
    expect(begin?.insight_id).toBe(fail?.insight_id);
    const warns = at.posthog
      .hogFunctions()
      .filter(({ name }) => name === "Cadence messages begin to fail → Slack #sms");
    expect(warns).toMatchObject([{ filters: { properties: [{ key: "alert_id", value: begin?.id }] } }]);
    at.stack.edit("alerts/posthog.ts", (text) => text.replace(sooner, ""));
    const back = await at.stack.up();
    expect(back.exitCode, back.text).toBe(0);
    expect(at.posthog.live().alerts).toHaveLength(3);
    expect(names()).toEqual(wanted);
  });

  test("follow an alert that was deleted by hand, and go with the stack", async () => {
    const alert = at.posthog.live().alerts.find(({ name }) => name === "Cadence messages fail");
    await fetch(`${at.posthog.url}/api/projects/1/alerts/${alert?.id}/`, {
      method: "DELETE",
      headers: { Authorization: `Bearer ${at.posthog.personalApiKey}` },
    });
    const healed = await at.stack.up("--refresh", "--run-program");
    expect(healed.exitCode, healed.text).toBe(0);
    const made = at.posthog.live().alerts.find(({ name }) => name === "Cadence messages fail");
    expect(names()).toEqual(wanted);
    for (const { filters } of at.posthog.hogFunctions())
      expect(filters).toMatchObject({ properties: [{ key: "alert_id", value: made?.id }] });
    const gone = await at.stack.destroy();
    expect(gone.exitCode, gone.text).toBe(0);
    expect(at.posthog.hogFunctions()).toEqual([]);
  });
});
