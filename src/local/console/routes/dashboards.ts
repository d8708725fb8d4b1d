import { type Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import { object } from "../../../insights/define/check/json.ts";
import type { DashboardDefinition } from "../../../insights/define/index.ts";
import { type AskedCharts, chartsOf, usualWidth } from "../dashboards/charts.ts";
import { type DashboardIds, type StandingDashboard, standingDashboard } from "../dashboards/standing.ts";
import { chartFigure, dashboardPage, numbersTable } from "../pages/dashboard.ts";
import { happenings } from "../pages/happenings.ts";
import { backTo, type Parts, show } from "../parts.ts";
import { type VendorObject, vendorObjects } from "../resources/objects.ts";

export function dashboardRoutes(parts: Parts): Hono {
  const { cloud, counts } = parts;
  const definitions = () => parts.edits().definitions;
  const app = new Hono();
  const standing = (key: string): StandingDashboard | undefined => {
    const definition = definitions().dashboards.find((one) => one.key === key);
    return definition && standingNow(parts, definition);
  };

  app.get("/", (c) => {
    const [first] = definitions().dashboards;
    return c.redirect(first ? `/dashboards/${first.key}` : "/events");
  });

  app.get("/dashboards/:key", async (c) => {
    const dashboard = standing(c.req.param("key"));
    if (dashboard === undefined) return c.notFound();
    const charts = await chartsOf(dashboard, asked(parts, pageWidth(c)));
    const posthogUrl = cloud.posthog.url;
    const { newest } = parts.edits();
    const content = dashboardPage({
      ...{ dashboard, charts, alerts: definitions().alerts, events: definitions().events, counts, posthogUrl },
      problems: newest.state === "broken" ? newest.problems : [],
    });
    return show(c, parts, dashboard.title, content, ["dashboard"]);
  });

  // Redraws charts after new events or a change of the page's width: those of `tiles`, or all.
  app.get("/dashboards/:key/charts", async (c) => {
    const dashboard = standing(c.req.param("key"));
    if (dashboard === undefined) return c.notFound();
    const tiles = c.req.query("tiles");
    const only = tiles === undefined ? undefined : new Set(tiles.split(","));
    const charts = await chartsOf(dashboard, asked(parts, pageWidth(c), only));
    const titles = new Map(dashboard.tiles.map((tile) => [tile.key, tile.kind === "insight" ? tile.title : ""]));
    const figures = [...charts].map(async ([key, chart]) => {
      const figure = String(await chartFigure(titles.get(key) ?? "", chart));
      return [key, { figure, firing: chart.firing }] as const;
    });
    return c.json(Object.fromEntries(await Promise.all(figures)));
  });

  // The numbers of a chart as a table, when somebody opens it.
  app.get("/dashboards/:key/numbers", async (c) => {
    const dashboard = standing(c.req.param("key"));
    const tile = c.req.query("tile");
    if (dashboard === undefined || tile === undefined) return c.notFound();
    const chart = (await chartsOf(dashboard, asked(parts, usualWidth, new Set([tile])))).get(tile);
    if (chart === undefined) return c.notFound();
    return c.html(chart.numbers === null ? chart.summary : numbersTable(chart.numbers));
  });

  app.post("/happen", async (c) => {
    const { what, back } = await c.req.parseBody();
    const happening = happenings.find((one) => one === what);
    if (happening) {
      parts.happen(happening);
      parts.say(notices[happening]);
    }
    return backTo(c, back);
  });
  return app;
}

const asked = ({ cloud, edits, colours }: Parts, width: number, only?: ReadonlySet<string>): AskedCharts => ({
  ...{ ask: cloud.answer, alerts: edits().definitions.alerts, colours, width, only },
});

/** Draws every tile of every dashboard in advance. */
export async function drawAll(parts: Parts): Promise<void> {
  for (const definition of parts.edits().definitions.dashboards) {
    await chartsOf(standingNow(parts, definition), asked(parts, usualWidth));
  }
}

function standingNow({ cloud, resources, edits }: Parts, definition: DashboardDefinition): StandingDashboard {
  const made = vendorObjects(resources()).find(({ kind, name }) => kind === "Dashboard" && name === definition.key);
  const applied = edits().applied.dashboards.find(({ key }) => key === definition.key);
  return standingDashboard(definition, cloud.posthog.live(), made && idsOf(made), applied);
}

const notices = {
  "sign-up": "Somebody signs up and goes through the stepper, in about a minute.",
  "burst of prompts": "Two dozen prompts for campaigns come in within a quarter of a minute.",
  "SMS outage": "The SMS gateway fails for a third of a minute: watch the failure ratio.",
} as const;

function idsOf({ id, outputs }: VendorObject): DashboardIds {
  const insightIds = Object.entries(object(outputs.insightIds)).map(
    ([key, insight]) => [key, Number(insight)] as const,
  );
  return { id: Number(id), insightIds: Object.fromEntries(insightIds) };
}

/** The page's width from a cookie, so that the first charts fit. */
function pageWidth(c: Context): number {
  const width = Number(getCookie(c, "width"));
  return Number.isFinite(width) && width > 0 ? Math.min(2400, width) : usualWidth;
}
