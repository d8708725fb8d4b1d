import { describe, expect, test } from "vitest";
import { failed } from "../lifetime.ts";
import { alertOn, definition, type Setting, setting, trendTile } from "./support.ts";

const steps = ["opened", "viewed", "completed"].map((event) => ({ kind: "EventsNode", event }));
const funnelBoard = definition({
  tiles: {
    first: trendTile("First", {
      query: {
        kind: "InsightVizNode",
        source: { kind: "FunnelsQuery", series: steps, funnelsFilter: { funnelVizType: "steps" } },
      },
    }),
  },
});
const inputs = (dashboardId: string) =>
  alertOn(dashboardId, { when: { kind: "below", value: 0.07 }, conversion: { toStep: 1, from: "first step" } });

async function boardOf(at: Setting): Promise<string> {
  const board = at.process().dashboard();
  await board.up(funnelBoard);
  return board.id ?? "";
}

describe("an alert on the conversion of a funnel", () => {
  test("is made in PostHog's per cent, and the next up sends nothing", async () => {
    await using at = await setting();
    const board = await boardOf(at);
    const alert = at.process().alert();
    await alert.up(inputs(board));
    expect(at.twin.live().alerts).toMatchObject([
      {
        config: { type: "FunnelsAlertConfig", metric: "conversion_from_start", funnel_step: 1 },
        condition: { type: "absolute_value" },
        threshold: { configuration: { type: "absolute", bounds: { lower: 7 } } },
      },
    ]);
    expect(await alert.refresh()).toEqual(inputs(board));
    const mark = at.twin.requests.mark();
    expect(await alert.up(inputs(board))).toBe("same");
    expect(at.twin.requests.since(mark)).toEqual([]);
  });

  test("of the whole way is read as it was written", async () => {
    await using at = await setting();
    const board = await boardOf(at);
    const whole = alertOn(board, { when: { kind: "above", value: 0.9 }, conversion: { from: "step before" } });
    const alert = at.process().alert();
    await alert.up(whole);
    expect(await alert.refresh()).toEqual(whole);
  });

  test.for<[string, object, object]>([
    [
      "its step",
      { config: { type: "FunnelsAlertConfig", metric: "conversion_from_start", funnel_step: 2 } },
      { conversion: { toStep: 2, from: "first step" } },
    ],
    [
      "its base",
      { config: { type: "FunnelsAlertConfig", metric: "conversion_from_previous", funnel_step: null } },
      { conversion: { from: "step before" } },
    ],
    [
      "its threshold",
      { threshold: { configuration: { type: "absolute", bounds: { lower: 14 } } } },
      { when: { kind: "below", value: 0.14 } },
    ],
  ])("names %s when somebody changes it, and puts it back", async ([, body, drift]) => {
    await using at = await setting();
    const board = await boardOf(at);
    const alert = at.process().alert();
    await alert.up(inputs(board));
    await at.byHand("patch", `alerts/${alert.id}/`, body);
    expect(await alert.refresh()).toEqual({ ...inputs(board), ...drift });
    await alert.up(inputs(board));
    expect(await alert.refresh()).toEqual(inputs(board));
  });

  test("is explained where PostHog has no such alerts yet", async () => {
    await using at = await setting({ features: { funnelAlerts: false } });
    const board = await boardOf(at);
    const message = await failed(at.process().alert().up(inputs(board)));
    expect(message).toContain('the alert "Too many" is on a funnel, and this PostHog refuses it');
    expect(message).toContain("take the alert out of alerts/posthog.ts");
    expect(at.twin.live().alerts).toEqual([]);
  });
});
