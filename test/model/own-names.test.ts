import { describe, expect, test } from "vitest";
import { events } from "../../src/catalog/events.ts";
import { definitionFindings } from "../../src/insights/define/index.ts";
import { isNotEvaluable, isQueryRejected } from "../../src/insights/evaluate/index.ts";
import { readQuery } from "../../src/insights/evaluate/read/query.ts";
import { own } from "../../src/model/json.ts";
import { catalogChanges } from "../../src/operate/changes/catalog.ts";
import { isStateful, kindOf } from "../../src/operate/changes/kinds.ts";
import { queryChange } from "../../src/operate/changes/query/query.ts";
import { tileChanges } from "../../src/operate/changes/tiles.ts";
import { askedFor, gapsIn } from "../../src/operate/import/gaps.ts";
import { uniqueKeys } from "../../src/operate/import/keys.ts";
import { CatalogNames } from "../../src/operate/import/source/names.ts";
import { tileCode } from "../../src/operate/import/source/tile.ts";
import { reflectQuery } from "../../src/resources/posthog/query.ts";
import { definition, trendTile } from "../resources/posthog/support.ts";

/** Names that every JavaScript object has, and that somebody may give to an event, a property or anything else. */
const inherited = ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"];

const parsed = (text: string) => JSON.parse(text);
const trendOf = (name: string) => ({
  kind: "TrendsQuery",
  series: [
    {
      kind: "EventsNode",
      event: name,
      math: name,
      properties: [{ type: "event", key: name, operator: name, value: 1 }],
    },
  ],
  trendsFilter: { display: name },
  breakdownFilter: { breakdown: name },
});
const insight = (source: object) => ({ ...trendTile("First"), query: { kind: "InsightVizNode", source } }) as never;

describe.each(inherited)("the name %s", (name) => {
  test("is nothing that an object holds by itself", () => {
    expect(own({}, name)).toBeUndefined();
    expect(own(parsed(`{"${name}":1}`), name)).toBe(1);
  });

  test("is no event, property, operator or display of an imported tile", () => {
    const tile = insight(trendOf(name));
    const asked = askedFor({ first: tile } as never, events);
    const gaps = gapsIn(asked, events, "growth", { events: new Map(), properties: new Map() });
    expect(gaps).toMatchObject([{ event: name }]);
    expect(gaps[0]?.entry).toContain(name);
    const known = insight({ ...trendOf(name), series: [{ ...trendOf(name).series[0], event: "client_error" }] });
    const names = new CatalogNames(events);
    expect(names.hasProperty(["client_error"], name)).toBe(false);
    const { query } = known as { query: never };
    expect(tileCode(known, query, names).raw?.length).toBeGreaterThan(0);
  });

  test("is found by the check where a definition names it", () => {
    const problems = definitionFindings([definition({ tiles: { first: insight(trendOf(name)) } })] as never, events);
    expect(problems.map(({ problem }) => problem)).toContain(`the event ${name} is not in the catalog`);
    const keyed = Object.fromEntries([[name, trendTile("First")]]);
    expect(definitionFindings([definition({ tiles: keyed })] as never, events).map(({ problem }) => problem)).toContain(
      `the tile key "${name}" is not one`,
    );
  });

  test.each([
    ["display", { kind: "TrendsQuery", series: [{ kind: "EventsNode" }], trendsFilter: { display: name } }],
    [
      "operator",
      { kind: "TrendsQuery", series: [{ kind: "EventsNode", properties: [{ key: "a", operator: name, value: 1 }] }] },
    ],
    [
      "unit",
      {
        kind: "FunnelsQuery",
        series: [{ kind: "EventsNode" }, { kind: "EventsNode", event: "b" }],
        funnelsFilter: { funnelWindowIntervalUnit: name },
      },
    ],
    [
      "chart",
      {
        kind: "FunnelsQuery",
        series: [{ kind: "EventsNode" }, { kind: "EventsNode", event: "b" }],
        funnelsFilter: { funnelVizType: name },
      },
    ],
    [
      "owner",
      {
        kind: "TrendsQuery",
        series: [{ kind: "EventsNode", math: "sum", math_property: "a", math_property_type: name }],
      },
    ],
  ])("is refused by the evaluator as a %s", (_, query) => {
    let error: unknown;
    try {
      readQuery(query, { testAccountFilters: [] } as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(isNotEvaluable(error) || isQueryRejected(error), String(error)).toBe(true);
  });

  test("is told as it is where something changes", () => {
    const tile = { kind: "insight", title: "A", query: {} };
    const tiles = Object.fromEntries([[name, tile]]);
    expect(tileChanges({}, tiles)).toMatchObject([{ key: name, change: "new" }]);
    expect(tileChanges(tiles, {})).toMatchObject([{ key: name, change: "removed" }]);
    const facts = { source: "browser", owner: "growth", purpose: "A", properties: {} };
    expect(catalogChanges({}, Object.fromEntries([[name, facts]]) as never, new Map())).toMatchObject([
      { event: name, change: "new" },
    ]);
    expect(kindOf(name)).toMatchObject({ title: name });
    expect(isStateful(name)).toBe(false);
    const changed = queryChange(insight(trendOf("A")), insight(trendOf(name)));
    expect(JSON.stringify(changed)).not.toContain("native code");
  });

  test("stands in a live query as somebody wrote it", () => {
    const live = parsed(`{"kind":"HogQLQuery","values":{"${name}":{"a":1}}}`);
    expect(JSON.stringify(reflectQuery(undefined, live))).toBe(JSON.stringify(live));
    expect(JSON.stringify(reflectQuery({ kind: "HogQLQuery" }, live))).toBe(JSON.stringify(live));
  });
});

test("a tile that is called Constructor gets a key that no object has", () => {
  expect(uniqueKeys()("Constructor", "chart")).toBe("constructor-2");
});
