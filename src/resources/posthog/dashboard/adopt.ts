import { gridColumns, overlap } from "../../../model/posthog/places.ts";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { LiveTile } from "../answers.ts";
import { flatFilters } from "../query.ts";
import { notWritten, ownMark } from "./desired.ts";
import type { DashboardInputs, DashboardOutputs, Tile } from "./inputs.ts";
import { reflectLooks } from "./looks.ts";
import type { LiveDashboardParts } from "./observe.ts";
import { reflectDashboard, reflectTile } from "./reflect.ts";
import { shownTitle } from "./words.ts";

/** The future owner of an unmanaged dashboard. */
export interface Adopter extends Pick<DashboardInputs, "projectId" | "managedBy" | "key" | "owner"> {
  /** Address of the dashboard. */
  url: string;
  /** A key for a tile, made from its text and unique among the earlier tiles. */
  keyOf: (label: string, otherwise: string) => string;
  /** Insights of other definitions: two definitions would overwrite each other's changes. */
  isTaken: (insightId: number) => boolean;
}

export interface Adopted {
  inputs: DashboardInputs;
  outputs: DashboardOutputs;
}

/**
 * The definition and state of a dashboard that was made by hand, so that a refresh shows no difference. Tiles that no
 * definition can create (buttons above all), or that another definition creates, are left alone.
 */
export function adoptDashboard({ dashboard, insights }: LiveDashboardParts, adopter: Adopter): Adopted {
  const { url, keyOf, isTaken, ...owned } = adopter;
  const places = new FreeGrid(dashboard.tiles ?? []);
  const tiles: Record<string, Tile> = {};
  const insightIds: Record<string, number> = {};
  const tileIds: Record<string, number> = {};
  const leftAlone: Record<string, number> = {};
  for (const live of dashboard.tiles ?? []) {
    const key = keyOf(labelOf(live), live.insight ? "chart" : live.text ? "text" : "other");
    const isFree = !live.insight || !isTaken(live.insight.id);
    const tile = isFree ? places.put(tileOf(live, insights), live) : undefined;
    if (!tile) leftAlone[key] = live.id;
    else {
      tiles[key] = tile;
      if (live.insight) insightIds[key] = live.insight.id;
      else tileIds[key] = live.id;
    }
  }
  const inputs = {
    ...owned,
    title: dashboard.name?.trim() || notWritten,
    question: withoutOwnLine(dashboard.description ?? "", adopter) || notWritten,
    tiles,
    ...reflectLooks({}, dashboard),
    leftAlone: Object.keys(leftAlone).length > 0 ? leftAlone : undefined,
    adopted: true as const,
  };
  return { inputs: withoutUndefined(inputs) as DashboardInputs, outputs: { url, insightIds, tileIds } };
}

/** The definition of a live tile; undefined where none can express it. */
export function tileOf(live: LiveTile, insights: LiveDashboardParts["insights"]): Tile | undefined {
  const tile = reflectTile(undefined, live, insights);
  if (tile.kind === "text") {
    const markdown = live.text?.body?.trim() ?? "";
    return markdown === "" || posthogTextProblem(markdown, "textTile") ? undefined : { ...tile, markdown };
  }
  // An insight from PostHog's first years has filters instead of a query.
  if (typeof tile.query?.kind !== "string") return undefined;
  const known = insights.get(live.insight?.id ?? 0) ?? live.insight;
  const query = tile.query as JsonObject;
  const seenAgain = reflectTile(tile, live, insights);
  const isStable = seenAgain.kind === "insight" && sameJson(seenAgain.query, query);
  return withoutUndefined({
    ...tile,
    title: tile.title || notWritten,
    reading: tile.reading.trim() || notWritten,
    query: isStable ? query : flatFilters(known?.query ?? {}),
    readingHidden: live.show_description === false ? true : undefined,
  }) as unknown as Tile;
}

/**
 * The differences between a definition and its live state as a refresh would show them: none, before a dashboard is
 * adopted.
 */
export const seenAs = ({ inputs, outputs }: Adopted, observed: LiveDashboardParts): DashboardInputs =>
  withoutUndefined(reflectDashboard({ ...inputs, ...outputs }, observed).inputs);

/** The title of a chart, the first words of a text or of a button. */
export function labelOf({ insight, text, button_tile: button }: LiveTile): string {
  if (insight) return shownTitle(insight);
  return (text?.body ?? button?.text ?? "").trim().split("\n")[0] ?? "";
}

/** For a dashboard that this stack once created and no longer has in its state: without its last line. */
function withoutOwnLine(description: string, adopter: Adopter): string {
  const line = description.split("\n").findLast((one) => one.trim() !== "") ?? "";
  const isOwn = line.includes(ownMark(adopter));
  return (isOwn ? description.slice(0, description.lastIndexOf(line)) : description).trim();
}

/**
 * Keeps the tiles' places. A tile without a place, or with an invalid one, is left to PostHog's app: pictures show it
 * below all others.
 */
export class FreeGrid {
  #bottom: number;
  readonly #taken: Tile["place"][] = [];

  constructor(tiles: readonly LiveTile[], taken: readonly Tile["place"][] = []) {
    this.#taken.push(...taken);
    const ends = tiles.map(({ layouts }) => (layouts?.sm?.y ?? 0) + (layouts?.sm?.h ?? 0));
    this.#bottom = Math.ceil(Math.max(0, ...ends.filter(Number.isFinite)));
  }

  put(tile: Tile | undefined, { layouts }: LiveTile): Tile | undefined {
    if (!tile) return undefined;
    const { x, y, w, h } = layouts?.sm ?? {};
    const place = { column: x ?? -1, row: y ?? -1, width: w ?? 0, height: h ?? 0 };
    if (isSound(place) && !this.#taken.some((other) => overlap(place, other))) {
      this.#taken.push(place);
      return { ...tile, place };
    }
    const below = { column: 0, row: this.#bottom, width: gridColumns, height: 5 };
    this.#bottom += below.height;
    return { ...tile, place: below, handPlaced: true };
  }
}

const isSound = ({ column, row, width, height }: Tile["place"]): boolean =>
  [column, row, width, height].every(Number.isInteger) &&
  Math.min(column, row) >= 0 &&
  Math.min(width, height) >= 1 &&
  column + width <= gridColumns;
