import { describe, expect, test } from "vitest";
import { eventFilterOf } from "../../../src/catalog/event-filter.ts";
import type { EventFilterInputs } from "../../../src/resources/posthog/event-filter/inputs.ts";
import type { Lifetime } from "../lifetime.ts";
import {
  alertOn,
  definition,
  liveDefinitions,
  liveGroups,
  type Process,
  type Setting,
  schemasOf,
  setting,
  textTile,
  trendTile,
} from "./support.ts";

/** The process continues, or is killed between creating the new one and deleting the old one. */
const endings = ["in one go", "after a kill in between"] as const;

async function replaced<Inputs extends object>(
  ending: (typeof endings)[number],
  resource: Lifetime<Inputs>,
  news: Inputs,
  next: () => Lifetime<Inputs>,
): Promise<Lifetime<Inputs>> {
  return resource.replace(news, ending === "in one go" ? undefined : next());
}

/** All objects in PostHog, without the times of the last view. */
const standing = ({ twin }: Setting) => {
  const { dashboards, ...others } = twin.live();
  return { ...others, dashboards: dashboards.map(({ last_accessed_at: _, ...dashboard }) => dashboard) };
};

describe.for(endings)("what is replaced %s", (ending) => {
  test("a dashboard keeps its address, its charts and their alert", async () => {
    await using at = await setting();
    const process: Process = at.process();
    const dashboard = process.dashboard();
    const news = definition({ tiles: { first: trendTile("First"), note: textTile("A note") } });
    await dashboard.up(news);
    const alert = process.alert();
    await alert.up(alertOn(dashboard.id ?? ""));
    const before = standing(at);
    const { id } = dashboard;
    const after = await replaced(ending, dashboard, news, () => at.process().dashboard());
    expect(after.id).toBe(id);
    expect(standing(at)).toEqual(before);
    expect(await after.refresh()).toEqual(news);
    await after.destroy();
    expect(at.twin.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
  });

  test("a dashboard that has lost some tiles in the same run loses them, and what people put on it stays", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    const first = trendTile("First");
    const second = trendTile("Second", { place: { column: 6, row: 0, width: 6, height: 5 } });
    await dashboard.up(definition({ tiles: { first, second, note: textTile("A note") } }));
    await at.byHand("post", "insights/", { name: "Theirs", dashboards: [Number(dashboard.id)], query: first.query });
    await replaced(ending, dashboard, definition({ tiles: { first } }), () => at.process().dashboard());
    const [live] = at.twin.live().dashboards;
    expect(live?.tiles.map((tile) => (tile.kind === "insight" ? tile.insight.name : tile.kind))).toEqual([
      "First",
      "Theirs",
    ]);
    expect(at.twin.live().insights.map(({ name }) => name)).toEqual(["First", "Theirs"]);
  });

  test("a dashboard that was taken over as it was keeps what no definition can make", async () => {
    await using at = await setting();
    const { query } = trendTile("Theirs");
    const made: { id: number } = await at.byHand("post", "dashboards/", {
      name: "By hand",
      description: "Do they come?",
    });
    await at.byHand("post", "insights/", { name: "Theirs", description: "What it says", dashboards: [made.id], query });
    await at.byHand("patch", `dashboards/${made.id}/`, {
      tiles: [{ button_tile: { url: "https://x.example", text: "Go" } }],
    });
    const [live] = at.twin.live().dashboards;
    const [chart, button] = ["insight", "button"].map((kind) => live?.tiles.find((tile) => tile.kind === kind));
    const { x, y, w, h } = (chart?.layouts?.sm ?? {}) as Record<string, number>;
    const place = { column: x ?? 0, row: y ?? 0, width: w ?? 6, height: h ?? 5 };
    const handPlaced = x === undefined ? { handPlaced: true as const } : {};
    const news = definition({
      ...{ title: "By hand", question: "Do they come?", adopted: true, leftAlone: { go: button?.id ?? 0 } },
      tiles: { theirs: trendTile("Theirs", { reading: "What it says", place, ...handPlaced }) },
    });
    const dashboard = at.process().dashboard();
    await dashboard.up(news);
    expect(dashboard.id).toBe(String(made.id));
    const before = standing(at);
    await replaced(ending, dashboard, news, () => at.process().dashboard());
    expect(standing(at)).toEqual(before);
  });

  test("an alert goes on telling", async () => {
    await using at = await setting();
    const process = at.process();
    const dashboard = process.dashboard();
    await dashboard.up(definition());
    const alert = process.alert();
    const news = alertOn(dashboard.id ?? "");
    await alert.up(news);
    const before = at.twin.live().alerts;
    await replaced(ending, alert, news, () => at.process().alert());
    expect(at.twin.live().alerts).toEqual(before);
  });

  test("an event filter stays on, though the old one of the two is the same filter", async () => {
    await using at = await setting();
    const filter = at.process().filter();
    const news = { projectId: 1, ...eventFilterOf({ landing_view: {} }) } as EventFilterInputs;
    await filter.up(news);
    const before = at.twin.eventFilter();
    const after = await replaced(ending, filter, news, () => at.process().filter());
    expect(at.twin.eventFilter()).toEqual(before);
    await after.destroy();
    expect(at.twin.eventFilter()?.mode).toBe("disabled");
  });

  test("schemas keep their groups, and lose that of an event that has left them in the same run", async () => {
    await using at = await setting();
    for (const name of ["asked", "landing"]) await at.byHand("post", "event_definitions/", { name });
    const schemas = at.process().schemas();
    const length = { type: "Numeric", required: true, meaning: "How long" } as const;
    const asked = { properties: { length }, enforcement: "reject" } as const;
    const landing = { properties: {}, enforcement: "allow" } as const;
    await schemas.up(schemasOf({ asked, landing }));
    const before = [await liveGroups(at), await liveDefinitions(at)];
    const again = await replaced(ending, schemas, schemasOf({ asked, landing }), () => at.process().schemas());
    expect([await liveGroups(at), await liveDefinitions(at)]).toEqual(before);
    await replaced(ending, again, schemasOf({ landing }), () => at.process().schemas());
    expect((await liveGroups(at)).map(({ name }) => name)).toEqual(["landing (brandvx/test/schemas)"]);
    expect((await liveDefinitions(at)).map(({ enforcement_mode }) => enforcement_mode)).toEqual(["allow", "allow"]);
  });

  test("a catalog keeps its words, and loses those of an event that has left it in the same run", async () => {
    await using at = await setting();
    const events = at.process().events();
    const landing = { description: "The landing scene was shown", tags: ["owner:growth"] };
    const asked = { description: "Somebody asked", verified: true };
    const news = { projectId: 1, managedBy: "brandvx/test/events", events: { landing, asked } };
    await events.up(news);
    const before = await liveDefinitions(at);
    const again = await replaced(ending, events, news, () => at.process().events());
    expect(await liveDefinitions(at)).toEqual(before);
    await replaced(ending, again, { ...news, events: { landing } }, () => at.process().events());
    expect((await liveDefinitions(at)).map(({ name }) => name)).toEqual(["landing"]);
  });
});
