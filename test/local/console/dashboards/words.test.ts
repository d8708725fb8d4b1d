import { expect, test } from "vitest";
import { insightAlerts } from "../../../../alerts/index.ts";
import { cadenceThroughput } from "../../../../dashboards/cadence-throughput.ts";
import { alertWords, eventsOf } from "../../../../src/local/console/dashboards/words.ts";

test("a tile needs the events that it counts, each once, with what the catalog says of them", () => {
  const needed = eventsOf(cadenceThroughput.tiles["failure-ratio"].query);
  expect(needed.map(({ name, source }) => [name, source])).toEqual([
    ["cadence.message_sent", "server"],
    ["cadence.message_failed", "server"],
  ]);
  for (const { purpose } of needed) expect(purpose).toMatch(/^[A-Z].{10,}/);
});

test("an event that somebody put into a query by hand, and that nobody sends, is said to be none of the catalog", () => {
  const query = {
    kind: "InsightVizNode",
    source: { kind: "TrendsQuery", series: [{ event: "toString" }, { event: null }] },
  };
  expect(eventsOf(query)).toEqual([{ name: "toString", purpose: "It is not in the catalog.", source: "unknown" }]);
});

test("alerts are told in the unit of their tile", () => {
  const words = Object.fromEntries(
    insightAlerts.map((alert) => [
      alert.tileKey,
      alertWords(alert, alert.tileKey.includes("over-time") ? "numeric" : "percentage_scaled"),
    ]),
  );
  expect(words).toMatchObject({
    "failure-ratio": "above 5 %, looked at hourly",
    "error-share": "above 10 %, looked at hourly",
    "completions-over-time": "below 1, looked at daily",
  });
});
