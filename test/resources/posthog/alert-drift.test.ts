import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { sameJson } from "../../../src/resources/kernel/json.ts";
import type { InsightAlertInputs } from "../../../src/resources/posthog/insight-alert/inputs.ts";
import { failed } from "../lifetime.ts";
import { alertOn, definition, type Setting, setting, trendTile } from "./support.ts";

vi.setConfig({ testTimeout: 60_000 });

type Inputs = Partial<InsightAlertInputs>;

/** A person's changes to an alert in PostHog's app, and the inputs that then differ in a refresh. */
const visible: Record<string, [body: object, seen: Inputs]> = {
  "renames it": [{ name: "By hand" }, { name: "By hand" }],
  "switches it off": [{ enabled: false }, { enabled: false }],
  "asks more rarely": [{ calculation_interval: "weekly" }, { check: "weekly" }],
  "raises its threshold": [
    { threshold: { configuration: { type: "absolute", bounds: { upper: 99 } } } },
    { when: { kind: "above", value: 99 } },
  ],
  "turns its threshold round": [
    { threshold: { configuration: { type: "absolute", bounds: { lower: 5 } } } },
    { when: { kind: "below", value: 5 } },
  ],
  "gives it a second bound": [
    { threshold: { configuration: { type: "absolute", bounds: { lower: 1, upper: 5 } } } },
    { when: { kind: "absolute_value outside of 1 to 5 (absolute)" } as never },
  ],
  "looks at growth": [
    {
      condition: { type: "relative_increase" },
      threshold: { configuration: { type: "percentage", bounds: { upper: 0.5 } } },
    },
    { when: { kind: "rises by", share: 0.5 } },
  ],
  "watches another line": [{ config: { type: "TrendsAlertConfig", series_index: 1 } }, { line: 1 }],
  "looks at the hour that is not over": [
    { config: { type: "TrendsAlertConfig", series_index: 0, check_ongoing_interval: true } },
    { setByHand: { checksOngoing: true } },
  ],
  "tells nobody": [{ subscribed_users: [] }, { subscribers: [] }],
  "leaves weekends out": [{ skip_weekend: true }, { setByHand: { skipsWeekends: true } }],
  "leaves nights out": [
    { schedule_restriction: { blocked_windows: [{ start: "22:00", end: "06:00" }] } },
    { setByHand: { blockedTimes: { blocked_windows: [{ start: "22:00", end: "06:00" }] } } },
  ],
  "looks for anomalies": [
    { detector_config: { type: "zscore", threshold: 0.9 } },
    { setByHand: { detector: { type: "zscore", threshold: 0.9 } } },
  ],
};

const invisible: Record<string, object> = {
  "saves it again": {
    config: { type: "TrendsAlertConfig", series_index: 0, check_ongoing_interval: null },
    threshold: { name: "", configuration: { type: "absolute", bounds: { lower: null, upper: 5 } } },
    ...{ skip_weekend: false, schedule_restriction: null, detector_config: null },
  },
  "snoozes it for a while": { snoozed_until: "2030-01-01T00:00:00Z" },
};

const twoLines = () => {
  const query = trendTile("").query as unknown as { source: { series: object[] } };
  const [line] = query.source.series;
  return { ...query, source: { ...query.source, series: [line, line] } } as never;
};

/** A dashboard of two charts with two lines each, and an alert on the first. */
async function withAlert(at: Setting) {
  const process = at.process();
  const dashboard = process.dashboard();
  const tiles = Object.fromEntries(
    Object.entries(definition().tiles).map(([key, tile]) => [key, { ...tile, query: twoLines() }]),
  );
  await dashboard.up(definition({ tiles }));
  const alert = process.alert();
  const wanted = alertOn(dashboard.id ?? "");
  await alert.up(wanted);
  const edit = (body: object) => at.byHand("patch", `alerts/${alert.id}/`, body);
  return { alert, wanted, edit };
}

const differing = (defined: object, seen: object | undefined): string[] => {
  const [before, after] = [defined, seen ?? {}] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...keys].filter((key) => !sameJson(before?.[key], after?.[key])).sort();
};

describe("an alert", () => {
  test.for(Object.entries(visible))("shows that somebody %s, and an up undoes it", async ([, [body, seen]]) => {
    await using at = await setting();
    const { alert, wanted, edit } = await withAlert(at);
    await edit(body);
    expect(await alert.refresh()).toEqual({ ...wanted, ...seen });
    await alert.up(wanted);
    expect(await alert.refresh()).toEqual(wanted);
  });

  test.for(Object.entries(invisible))("is the same after somebody %s", async ([, body]) => {
    await using at = await setting();
    const { alert, wanted, edit } = await withAlert(at);
    await edit(body);
    expect(await alert.refresh()).toEqual(wanted);
  });

  test("that was put on another chart shows which, at every refresh, and an up puts it back", async () => {
    await using at = await setting();
    const { alert, wanted, edit } = await withAlert(at);
    const insights = at.twin.live().insights;
    await edit({ insight: insights.find(({ name }) => name === "Second")?.id });
    for (let i = 0; i < 2; i++) expect(await alert.refresh()).toEqual({ ...wanted, tileTitle: "Second" });
    await alert.up(wanted);
    expect(await alert.refresh()).toEqual(wanted);
    expect(at.twin.live().alerts[0]?.insight_id).toBe(insights.find(({ name }) => name === "First")?.id);
  });

  test("whatever else is done to it at once, all of it is named and nothing else", async () => {
    await using at = await setting();
    const { alert, wanted, edit } = await withAlert(at);
    // Each of these sets a field that the others leave alone.
    const apart = ["renames it", "switches it off", "asks more rarely", "watches another line", "tells nobody"];
    await fc.assert(
      fc.asyncProperty(fc.subarray([...apart, "leaves weekends out", "raises its threshold"]), async (chosen) => {
        const edits = chosen.map((what) => visible[what] as [object, Inputs]);
        await edit(Object.assign({}, ...edits.map(([body]) => body)));
        const keys = edits.flatMap(([, seen]) => Object.keys(seen)).sort();
        expect(differing(wanted, await alert.refresh())).toEqual(keys);
        await alert.up(wanted);
        expect(await alert.refresh()).toEqual(wanted);
      }),
      { numRuns: 30 },
    );
  });
});

describe("the chart that an alert watches", () => {
  test("is never guessed where two have its title", async () => {
    await using at = await setting();
    const process = at.process();
    const dashboard = process.dashboard();
    const place = { column: 6, row: 0, width: 6, height: 5 };
    const tiles = { first: trendTile("First"), again: trendTile("First", { place }) };
    await dashboard.up(definition({ tiles }));
    const said = await failed(process.alert().up(alertOn(dashboard.id ?? "")));
    const numbers = at.twin.live().insights.map(({ id }) => id);
    expect(said).toContain(`has several insights "First" (${numbers.join(", ")})`);
    expect(said).toContain('give the tile "first" a title that no other has');
    expect(at.twin.live().alerts).toEqual([]);
  });

  test("is found by the title that PostHog gives one without a name", async () => {
    await using at = await setting();
    const process = at.process();
    const dashboard = process.dashboard();
    await dashboard.up(definition());
    const [insight] = at.twin.live().insights;
    await at.byHand("patch", `insights/${insight?.id}/`, { name: null, derived_name: "landing_view count" });
    await process.alert().up(alertOn(dashboard.id ?? "", { tileTitle: "landing_view count" }));
    expect(at.twin.live().alerts).toHaveLength(1);
  });
});
