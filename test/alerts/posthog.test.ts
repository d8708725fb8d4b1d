import { describe, expect, test } from "vitest";
import { insightAlerts } from "../../alerts/index.ts";
import { activationFunnel } from "../../dashboards/activation-funnel.ts";
import { aiEngagement } from "../../dashboards/ai-engagement.ts";
import { cadenceThroughput } from "../../dashboards/cadence-throughput.ts";
import { dashboards } from "../../dashboards/index.ts";
import {
  type AlertThreshold,
  above,
  alertAddress,
  alertOn,
  below,
  fallsBy,
  type InsightAlertDefinition,
  insightAlertFindings,
  risesBy,
} from "../../src/alerts/posthog/index.ts";

const options = {
  name: "Too many",
  when: above(0.05),
  check: "hourly",
  notify: ["platform"],
  because: "Look at the tile.",
} as const;
const findings = (...alerts: InsightAlertDefinition[]) =>
  insightAlertFindings(alerts, dashboards).map(({ problem }) => problem);

describe("an alert on a tile", () => {
  test("knows its tile, its title and its line", () => {
    const alert = alertOn(cadenceThroughput.tile("failure-ratio"), options);
    expect(alert).toMatchObject({ dashboardKey: "cadence-throughput", tileKey: "failure-ratio", line: 0 });
    expect(alert.tileTitle).toBe(cadenceThroughput.tiles["failure-ratio"].title);
  });

  test("watches the line that it names", () => {
    const alert = alertOn(cadenceThroughput.tile("queued-sent-failed"), { ...options, line: "Failed" });
    expect(alert.line).toBe(2);
  });

  test("does not compile on a tile that does not exist, cannot be watched, or has no such line", () => {
    // @ts-expect-error there is no such tile
    expect(() => alertOn(cadenceThroughput.tile("failure-rate"), options)).toThrow();
    // @ts-expect-error PostHog does not watch times to convert
    alertOn(activationFunnel.tile("time-to-finish"), options);
    // @ts-expect-error a funnel has no lines
    alertOn(activationFunnel.tile("conversion"), { ...options, line: "Failed" });
    // @ts-expect-error nor an earlier value
    alertOn(activationFunnel.tile("conversion"), { ...options, when: risesBy(0.5) });
    // @ts-expect-error and a trend has no steps
    alertOn(cadenceThroughput.tile("failure-ratio"), { ...options, toStep: 1 });
    // @ts-expect-error nor texts
    expect(() => alertOn(aiEngagement.tile("about"), options)).toThrow();
    // @ts-expect-error the tile has no such line
    alertOn(cadenceThroughput.tile("queued-sent-failed"), { ...options, line: "Lost" });
    // @ts-expect-error nobody is notified
    alertOn(cadenceThroughput.tile("failure-ratio"), { ...options, notify: [] });
  });

  test("is found wrong in a preview where types were gone around, with all that is wrong at once", () => {
    const good = alertOn(cadenceThroughput.tile("failure-ratio"), options);
    expect(
      findings(
        { ...good, name: "a", tileKey: "nowhere" },
        { ...good, name: "b", dashboardKey: "activation-funnel", tileKey: "time-to-finish" },
        { ...good, name: "c", line: 7, because: " " },
        { ...good, name: "d", tileKey: "errors", when: risesBy(0.5) },
        { ...good, name: "a", tileKey: "queued-sent-failed" },
      ),
    ).toEqual([
      'is on the tile "nowhere" of "cadence-throughput", which does not exist',
      'is on the tile "time-to-finish", which PostHog cannot watch',
      "has no `because`",
      'is on a line that the tile "failure-ratio" does not have',
      'compares with an earlier value, which the tile "errors" does not have',
      "is the name of two alerts",
    ]);
  });

  test("watches the conversion of a funnel, and each mistake in it is found", () => {
    const alert = alertOn(activationFunnel.tile("way-to-the-end"), { ...options, when: below(0.4) });
    expect(alert).toMatchObject({ tileKey: "way-to-the-end", line: 0, conversion: { from: "first step" } });
    const end = activationFunnel.tiles["way-to-the-end"].query.source.series.length - 1;
    const part = alertOn(activationFunnel.tile("way-to-the-end"), {
      ...{ ...options, when: above(0.9), key: "warn", name: "b", toStep: end, from: "step before" },
    });
    expect(part.conversion).toEqual({ toStep: end, from: "step before" });
    expect(findings(alert, part)).toEqual([]);
    const wrong = (change: object) => findings({ ...alert, ...change } as InsightAlertDefinition);
    expect(wrong({ conversion: undefined })).toEqual([
      'is on the funnel "way-to-the-end" and does not say which conversion it watches',
    ]);
    for (const toStep of [0, end + 1, -1, 1.5])
      expect(wrong({ conversion: { toStep, from: "first step" } })).toEqual([
        `watches the way to step ${toStep} of the funnel "way-to-the-end"`,
      ]);
    expect(wrong({ when: risesBy(0.5) })).toEqual([
      'compares with an earlier value, which the funnel "way-to-the-end" does not have',
    ]);
    expect(wrong({ when: below(40) })).toEqual(["fires below 40, where the values are shares from 0 to 1"]);
    expect(wrong({ when: below(0) })).toEqual(["fires below 0, which no value is"]);
    expect(wrong({ when: above(1) })).toEqual(["fires above 1, which no value is"]);
    const trend = alertOn(cadenceThroughput.tile("failure-ratio"), options);
    expect(findings({ ...trend, conversion: { from: "first step" } })).toEqual([
      'watches a conversion, which the tile "failure-ratio" does not have',
    ]);
  });

  test("is found wrong on a tile whose title another one has: it would watch the wrong chart", () => {
    const alert = alertOn(cadenceThroughput.tile("failure-ratio"), options);
    const { title } = cadenceThroughput.tiles["failure-ratio"];
    const errors = { ...cadenceThroughput.tiles.errors, title: `${title} ` };
    const twice = { ...cadenceThroughput, tiles: { ...cadenceThroughput.tiles, errors } };
    expect(insightAlertFindings([alert], [twice]).map(({ problem }) => problem)).toEqual([
      `is on the tile "failure-ratio", whose title "${title}" errors has, too`,
    ]);
  });

  test("is found wrong where its tile carries one without a key already, or one of the same key", () => {
    const page = alertOn(cadenceThroughput.tile("failure-ratio"), options);
    const warn = alertOn(cadenceThroughput.tile("failure-ratio"), {
      ...options,
      name: "b",
      key: "warn",
      when: above(0.02),
    });
    expect([alertAddress(page), alertAddress(warn)]).toEqual([
      "cadence-throughput/failure-ratio",
      "cadence-throughput/failure-ratio/warn",
    ]);
    expect(findings(page, warn)).toEqual([]);
    expect(
      findings(page, warn, { ...page, name: "c" }, { ...warn, name: "d" }, { ...warn, name: "e", key: "Warn!" }),
    ).toEqual([
      'is on the tile "failure-ratio" of "cadence-throughput" without a key, as "Too many" is',
      'is on the tile "failure-ratio" of "cadence-throughput" under the key "warn", as "b" is',
      'has the key "Warn!"',
    ]);
  });

  const wrongOn = (alert: InsightAlertDefinition) =>
    insightAlertFindings([alert], dashboards).map(({ problem }) => problem);

  test.each<[string, AlertThreshold, string]>([
    ["a share in per cent", above(5), "fires above 5, where the values are shares from 0 to 1"],
    ["more than the whole", above(1), "fires above 1, which no value is"],
    ["less than nothing", below(0), "fires below 0, which no value is"],
    ["a negative share", above(-0.1), "fires above -0.1, where the values are shares from 0 to 1"],
    ["no number", above(Number.NaN), "has the threshold NaN"],
    ["a rise in per cent", risesBy(50), "fires when the value rises by 50, 5000 % more"],
    ["a fall below nothing", fallsBy(1), "fires when the value falls by 1, which is never"],
    ["no change", risesBy(0), "fires when the value rises by 0, which is no change"],
  ])("on a share is found wrong with %s", (_, when, problem) => {
    expect(wrongOn(alertOn(cadenceThroughput.tile("failure-ratio"), { ...options, when }))).toEqual([problem]);
  });

  test.each<[string, AlertThreshold, string[]]>([
    ["seconds", above(3), ["fires above 3, where the values are milliseconds"]],
    ["a negative time", above(-1), ["fires above -1, where the values are milliseconds"]],
    ["milliseconds", above(3000), []],
  ])("on a time in milliseconds takes %s for what it is", (_, when, problems) => {
    expect(wrongOn(alertOn(aiEngagement.tile("latency"), { ...options, when, check: "daily" }))).toEqual(problems);
  });

  test.each<[string, AlertThreshold, string[]]>([
    ["below nothing", below(0), ["fires below 0, which no value is"]],
    ["above less than nothing", above(-1), ["fires above -1, which every value is"]],
    ["half of one", below(0.5), ["fires below 0.5, of what is counted in whole numbers"]],
    ["any at all", above(0), []],
    ["many", above(100_000), []],
  ])("on a count takes %s for what it is", (_, when, problems) => {
    expect(
      wrongOn(alertOn(activationFunnel.tile("completions-over-time"), { ...options, when, check: "daily" })),
    ).toEqual(problems);
  });

  test("is found wrong where PostHog would look more seldom than the tile has values", () => {
    const daily = alertOn(cadenceThroughput.tile("failure-ratio"), { ...options, check: "daily" });
    expect(wrongOn(daily)).toEqual(["is looked at daily, and sees one hour then and none of those before it"]);
    const often = alertOn(activationFunnel.tile("completions-over-time"), {
      ...options,
      when: below(1),
      check: "hourly",
    });
    expect(wrongOn(often)).toEqual([]);
  });

  test("is found wrong on a second line of which PostHog would watch another one, or all", () => {
    const byChannel = alertOn(cadenceThroughput.tile("sent-and-failed-by-channel"), {
      ...{ ...options, check: "daily", when: above(100), line: "Failed" },
    } as const);
    expect(wrongOn(byChannel)).toEqual([
      'is on one line of the tile "sent-and-failed-by-channel", where PostHog watches all of them: it has a breakdown',
    ]);
    const { "queued-sent-failed": tile } = cadenceThroughput.tiles;
    const source = { ...tile.query.source, compareFilter: { compare: true } };
    const tiles = { "queued-sent-failed": { ...tile, query: { ...tile.query, source } } };
    const compared = alertOn(cadenceThroughput.tile("queued-sent-failed"), {
      ...options,
      when: above(9),
      line: "Failed",
    });
    expect(insightAlertFindings([compared], [{ ...cadenceThroughput, tiles }]).map(({ problem }) => problem)).toEqual([
      'is on line 2 of the tile "queued-sent-failed", where PostHog counts the lines of the earlier time, too, and watches another',
    ]);
  });

  test("is right for each one that BrandVX has", () => {
    expect(insightAlertFindings(insightAlerts, dashboards)).toEqual([]);
  });
});
