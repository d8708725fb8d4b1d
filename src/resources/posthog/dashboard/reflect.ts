import { isObject, type Json, type JsonObject, withoutUndefined } from "../../kernel/json.ts";
import { reflect } from "../../kernel/reflect.ts";
import type { Insight, LiveTile } from "../answers.ts";
import { isQueryDefault } from "../defaults.ts";
import { dashboardFields } from "./desired.ts";
import type { DashboardInputs, DashboardOutputs, DashboardState, Tile } from "./inputs.ts";
import { matchTiles, type Observed } from "./observe.ts";

/**
 * What is live, in the words of the definition: a diff against the definition names the tiles that were changed, added
 * or removed by hand, and nothing that only the server added.
 */
export function reflectDashboard(
  state: DashboardState,
  { dashboard, insights }: Observed,
): { inputs: DashboardInputs; outputs: DashboardOutputs } {
  const { tiles: matched, others } = matchTiles(state.tiles ?? {}, state, dashboard.tiles ?? []);
  const tiles: Record<string, Tile> = {};
  const tileIds: Record<string, number> = {};
  for (const [key, defined] of Object.entries(state.tiles ?? {})) {
    const live = matched.get(key);
    if (!live) continue;
    tiles[key] = reflectTile(defined, live, live.insight ? insights.get(live.insight.id) : undefined);
    if (!live.insight) tileIds[key] = live.id;
  }
  for (const live of others) {
    const key = keyOfForeign(live);
    tiles[key] = reflectTile(undefined, live, live.insight ? insights.get(live.insight.id) : undefined);
    tileIds[key] = live.id;
  }
  const { projectId, managedBy, key } = state;
  const inputs = {
    ...{ projectId, managedBy, key },
    ...reflectWords(state, dashboard.name, dashboard.description),
    tiles,
    filters: reflectHandMade(dashboard.filters),
  };
  // Numbers of insights that are no longer on the dashboard are kept: the next `up` brings the same ones back.
  const outputs = { url: state.url, insightIds: state.insightIds ?? {}, tileIds };
  return { inputs: withoutUndefined(inputs) as DashboardInputs, outputs };
}

/** Title, question and owner; a description that is not ours any more is shown whole in the question's place. */
function reflectWords(state: DashboardState, name: string | null | undefined, description: string | null | undefined) {
  const expected = dashboardFields(state);
  const same = sameText(expected.description, description);
  return {
    title: reflectText(state.title, name),
    owner: state.owner,
    question: same ? state.question : (description ?? ""),
  };
}

function reflectTile(defined: Tile | undefined, live: LiveTile, insight: Insight | undefined): Tile {
  const shared = {
    place: reflectPlace(live),
    color: live.color || undefined,
    filtersOverrides: reflectHandMade(live.filters_overrides),
  };
  if (!live.insight) {
    const definedText = defined?.kind === "text" ? defined.markdown : undefined;
    const body = live.text ? (live.text.body ?? "") : "(neither an insight nor a text)";
    return withoutUndefined({ kind: "text", markdown: reflectText(definedText, body), ...shared }) as Tile;
  }
  const definedInsight = defined?.kind === "insight" ? defined : undefined;
  return withoutUndefined({
    kind: "insight",
    title: reflectText(definedInsight?.title, insight?.name ?? live.insight.name),
    reading: reflectText(definedInsight?.reading, insight?.description),
    query: reflect(definedInsight?.query as Json | undefined, insight?.query ?? {}, isQueryDefault) ?? {},
    readingHidden: definedInsight && live.show_description === false ? true : undefined,
    ...shared,
  }) as Tile;
}

function reflectPlace(live: LiveTile): Tile["place"] {
  const { x, y, w, h } = live.layouts?.sm ?? {};
  return withoutUndefined({ column: x, row: y, width: w, height: h }) as Tile["place"];
}

/** Something that the definition never mentions: there only when it changes what a person sees. */
function reflectHandMade(value: JsonObject | null | undefined): JsonObject | undefined {
  const kept = reflect(undefined, value ?? null, isQueryDefault);
  return isObject(kept) ? kept : undefined;
}

const reflectText = (defined: string | undefined, live: string | null | undefined): string =>
  defined !== undefined && sameText(defined, live) ? defined : (live ?? "");

/** PostHog trims texts. */
const sameText = (a: string, b: string | null | undefined): boolean => a.trim() === (b ?? "").trim();

/** How a tile that was added by hand is called in a preview. */
function keyOfForeign(live: LiveTile): string {
  const name = live.insight?.name || live.text?.body?.split("\n")[0] || "tile";
  return `added by hand: ${name.slice(0, 60)} (#${live.id})`;
}
