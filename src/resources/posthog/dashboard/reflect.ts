import { type JsonObject, withoutUndefined } from "../../kernel/json.ts";
import type { Insight, LiveDashboard, LiveTile } from "../answers.ts";
import { reflectQuery } from "../query.ts";
import { missingTags } from "../tags.ts";
import { dashboardFields, ownMark } from "./desired.ts";
import type { DashboardInputs, DashboardOutputs, DashboardState, Tile } from "./inputs.ts";
import { reflectLooks, reflectObject } from "./looks.ts";
import { matchTiles } from "./match.ts";
import type { LiveDashboardParts } from "./observe.ts";
import { canTag, isReadingShown, isUnmarked } from "./plan.ts";
import { sameText, sameTitle, shownTitle } from "./words.ts";

export interface Reflected {
  inputs: DashboardInputs;
  outputs: DashboardOutputs;
}

/**
 * The live state in the definition's terms: a diff shows the tiles that were changed, added or removed by hand, and
 * nothing that only the server added.
 */
export function reflectDashboard(state: DashboardState, observed: LiveDashboardParts): Reflected {
  const { dashboard, insights } = observed;
  const definition = { ...state, tiles: state.tiles ?? {} };
  const { tiles: matched, others } = matchTiles(definition, state, observed);
  const tiles: Record<string, Tile> = {};
  // A description without the mark was not written since, or is of an adopted dashboard: nobody removed its tags.
  const isOurs = dashboard.description?.includes(ownMark(state)) && canTag(observed);
  const lacking = (live: { tags?: LiveDashboard["tags"] } | null | undefined) => {
    const isJudged = live && isOurs && !isUnmarked(state, live);
    const missing = isJudged ? missingTags(live.tags, dashboardFields(state).tags) : [];
    return missing.length > 0 ? { missingTags: missing } : {};
  };
  // Ids of insights that are no longer on the dashboard stay in the state: the next `up` restores the same ones.
  const insightIds = { ...state.insightIds };
  const tileIds: Record<string, number> = {};
  for (const [key, defined] of Object.entries(definition.tiles)) {
    const live = matched.get(key);
    if (!live) continue;
    tiles[key] = {
      ...reflectTile(defined, live, insights),
      ...lacking(live.insight && (insights.get(live.insight.id) ?? live.insight)),
    };
    if (live.insight) insightIds[key] = live.insight.id;
    else tileIds[key] = live.id;
  }
  for (const live of others) {
    const key = keyOfForeign(live);
    tiles[key] = reflectTile(undefined, live, insights);
    tileIds[key] = live.id;
  }
  const { projectId, managedBy, key } = state;
  const inputs = {
    ...{ projectId, managedBy, key },
    ...reflectWords(state, dashboard),
    tiles,
    ...reflectLooks(state, dashboard),
    leftAlone: reflectLeftAlone(state, dashboard),
    adopted: state.adopted,
    ...lacking(dashboard),
  };
  return { inputs: withoutUndefined(inputs) as DashboardInputs, outputs: { url: state.url, insightIds, tileIds } };
}

/** A deleted dashboard: all of it can be restored, so no other change is reported. */
export function reflectDeleted(state: DashboardState): Reflected {
  const { url, insightIds, tileIds } = state;
  return {
    inputs: { ...state, deletedByHand: true },
    outputs: { url, insightIds: insightIds ?? {}, tileIds: tileIds ?? {} },
  };
}

/**
 * Title, question and owner. A changed description is shown whole as the question; a description that lacks only the
 * line about owner and origin, as of an imported dashboard, does not count as changed.
 */
function reflectWords(state: DashboardState, { name, description }: LiveDashboard) {
  const isOurs = sameText(dashboardFields(state).description, description) || sameText(state.question, description);
  return {
    title: reflectText(state.title, name),
    owner: state.owner,
    question: isOurs ? state.question : (description ?? ""),
  };
}

export function reflectTile(defined: Tile | undefined, live: LiveTile, insights: LiveDashboardParts["insights"]): Tile {
  const tile = live.insight
    ? reflectInsight(defined, insights.get(live.insight.id) ?? live.insight)
    : { kind: "text", markdown: reflectText(defined?.kind === "text" ? defined.markdown : undefined, bodyOf(live)) };
  return withoutUndefined({
    ...tile,
    place: defined?.handPlaced ? defined.place : reflectPlace(live),
    handPlaced: defined?.handPlaced,
    readingHidden: defined?.kind === "insight" && !isReadingShown(live) ? true : undefined,
    color: live.color || undefined,
    transparentBackground: live.transparent_background || undefined,
    filtersOverrides: reflectObject(defined?.filtersOverrides as JsonObject | undefined, live.filters_overrides),
  }) as Tile;
}

function reflectInsight(defined: Tile | undefined, live: Insight) {
  const known = defined?.kind === "insight" ? defined : undefined;
  return {
    kind: "insight",
    title: known && sameTitle(known.title, live) ? known.title : shownTitle(live),
    reading: reflectText(known?.reading, live.description),
    query: reflectQuery(known?.query as JsonObject | undefined, live.query),
  };
}

/** The content of a tile without an insight. */
function bodyOf({ text, button_tile: button }: LiveTile): string {
  if (text) return text.body ?? "";
  return button ? `[${button.text}](${button.url})` : "(neither an insight nor a text)";
}

function reflectPlace(live: LiveTile): Tile["place"] {
  const { x, y, w, h } = live.layouts?.sm ?? {};
  return withoutUndefined({ column: x, row: y, width: w, height: h }) as Tile["place"];
}

function reflectLeftAlone({ leftAlone }: DashboardState, { tiles }: LiveDashboard): Record<string, number> | undefined {
  if (!leftAlone) return undefined;
  const live = new Set(tiles?.map(({ id }) => id));
  const standing = Object.entries(leftAlone).filter(([, id]) => live.has(id));
  // None of them matches: this dashboard has the same definition in another project, where its insights never existed.
  return standing.length === 0 ? leftAlone : Object.fromEntries(standing);
}

const reflectText = (defined: string | undefined, live: string | null | undefined): string =>
  defined !== undefined && sameText(defined, live) ? defined : (live ?? "");

/** Name in a preview of a tile that was added by hand. */
function keyOfForeign(live: LiveTile): string {
  const name = (live.insight && shownTitle(live.insight)) || bodyOf(live).split("\n")[0] || "tile";
  return `added by hand: ${name.slice(0, 60)} (#${live.id})`;
}
