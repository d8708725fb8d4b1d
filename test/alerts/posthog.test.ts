import { describe, expect, test } from "vitest";
import { insightAlerts } from "../../alerts/index.ts";
import { activationFunnel } from "../../dashboards/activation-funnel.ts";
import { aiEngagement } from "../../dashboards/ai-engagement.ts";
import { cadenceThroughput } from "../../dashboards/cadence-throughput.ts";
import { dashboards } from "../../dashboards/index.ts";
import {
  above,
  alertOn,
  type InsightAlertDefinition,
  insightAlertFindings,
  risesBy,
} from "../../src/alerts/posthog/index.ts";

const options = {
  name: "Too many",
  when: above(1),
  check: "daily",
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
    // @ts-expect-error PostHog does not watch funnels
    alertOn(activationFunnel.tile("conversion"), options);
    // @ts-expect-error nor texts
    expect(() => alertOn(aiEngagement.tile("about"), options)).toThrow();
    // @ts-expect-error the tile has no such line
    alertOn(cadenceThroughput.tile("queued-sent-failed"), { ...options, line: "Lost" });
    // @ts-expect-error nobody is told
    alertOn(cadenceThroughput.tile("failure-ratio"), { ...options, notify: [] });
  });

  test("is found wrong in a preview where types were gone around, with all that is wrong at once", () => {
    const good = alertOn(cadenceThroughput.tile("failure-ratio"), options);
    expect(
      findings(
        { ...good, name: "a", tileKey: "nowhere" },
        { ...good, name: "b", dashboardKey: "activation-funnel", tileKey: "conversion" },
        { ...good, name: "c", line: 7, because: " " },
        { ...good, name: "d", tileKey: "errors", when: risesBy(0.5) },
        { ...good, name: "a", tileKey: "queued-sent-failed" },
      ),
    ).toEqual([
      'is on the tile "nowhere" of "cadence-throughput", which does not exist',
      'is on the tile "conversion", which PostHog cannot watch',
      "has no `because`",
      'is on a line that the tile "failure-ratio" does not have',
      'compares with an earlier value, which the tile "errors" does not have',
      "is the name of two alerts",
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

  test("is found wrong where its tile carries one already, whichever line it watches", () => {
    const good = alertOn(cadenceThroughput.tile("failure-ratio"), options);
    const second = { ...good, name: "b", line: 0 };
    const elsewhere = alertOn(cadenceThroughput.tile("queued-sent-failed"), { ...options, name: "c" });
    expect(findings(good, elsewhere, second, { ...elsewhere, name: "d", dashboardKey: "cadence-throughput" })).toEqual([
      'is the second one on the tile "failure-ratio" of "cadence-throughput", after "Too many"',
      'is the second one on the tile "queued-sent-failed" of "cadence-throughput", after "c"',
    ]);
  });

  test("is right for each one that BrandVX has", () => {
    expect(insightAlertFindings(insightAlerts, dashboards)).toEqual([]);
  });
});
