import { expect, test } from "vitest";
import { events } from "../../../src/catalog/events.ts";
import type { Tile } from "../../../src/insights/define/index.ts";
import { askedFor, gapsIn } from "../../../src/operate/import/gaps.ts";

test("an event or a property that is called __proto__ is pasted as an entry, not as the catalog's prototype", () => {
  const query = {
    kind: "InsightVizNode",
    source: {
      kind: "TrendsQuery",
      series: [{ kind: "EventsNode", event: "__proto__" }],
      breakdownFilter: { breakdowns: [{ type: "event", property: "__proto__" }] },
    },
  };
  const place = { column: 0, row: 0, width: 6, height: 5 };
  const tile = { kind: "insight", title: "T", reading: "R.", query, place } as unknown as Tile;
  const [gap] = gapsIn(askedFor({ tile }, events), events, "growth", { events: new Map(), properties: new Map() });
  const keys = (gap?.entry ?? "").match(/^\s*\S*__proto__\S*: ?[{e]/gm);
  expect(keys?.map((key) => key.trim())).toEqual(['["__proto__"]: e', '["__proto__"]: {']);
});
