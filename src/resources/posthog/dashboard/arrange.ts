import { isUnanswered, isVendorError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { isUnderWay, lookFor, stillUnknown } from "../../kernel/lost.ts";
import type { LiveDashboard, LiveTile } from "../answers.ts";
import type { Connection } from "../settings.ts";
import type { DashboardInputs } from "./inputs.ts";
import { matchTiles } from "./match.ts";
import { type LiveDashboardParts, observe } from "./observe.ts";
import { dashboardChanges, tileChanges } from "./plan.ts";
import { sameText } from "./words.ts";

export interface Arrangement {
  connection: Connection;
  id: string;
  news: DashboardInputs;
  observed: LiveDashboardParts;
  /** Live tiles by key. A newly placed insight has no style yet. */
  matched: ReadonlyMap<string, LiveTile>;
  insightIds: Readonly<Record<string, number>>;
  /** Ids (numbers) of removed tiles. */
  left: Readonly<Record<string, number>>;
}

const attempts = 4;

/**
 * Writes texts, places and styles of all tiles, and the dashboard's own text, in one request; none when nothing
 * differs. When its answer is lost, reads the live state and writes what still differs, because sending a text twice
 * would create it twice.
 * @returns ids of the text tiles, by key
 */
export async function arrange(arrangement: Arrangement): Promise<Record<string, number>> {
  const { connection, id } = arrangement;
  let now = await withTilesOfInsights(arrangement);
  for (let attempt = 1; ; attempt++) {
    const { body, newTexts } = bodyOf(now);
    if (Object.keys(body).length === 0) return textsOf(now);
    try {
      const send = () => connection.api.changeDashboard(id, body, { repeatable: newTexts.length === 0 });
      const takesAway = Object.keys(now.left).length > 0;
      const after = await (takesAway ? connection.memberships(send) : send());
      return { ...textsOf(now), ...found(newTexts, after, now) };
    } catch (error) {
      if (!isVendorError(error) || !isUnanswered(error)) throw error;
      const isDone = async () => {
        now = await lookAgain(arrangement);
        return Object.keys(bodyOf(now).body).length === 0 || undefined;
      };
      if (await lookFor(error, isDone, connection.clock, attempt)) return textsOf(now);
      if (newTexts.length > 0 && isUnderWay(error)) throw stillUnknown(error);
      if (attempt === attempts) throw error;
    }
  }
}

/** PostHog's answer usually contains the tile of a new insight; if not, the dashboard is read. */
function withTilesOfInsights(arrangement: Arrangement): Arrangement | Promise<Arrangement> {
  const { news, matched } = arrangement;
  const isPlaced = ([key, tile]: [string, DashboardInputs["tiles"][string]]) =>
    tile.kind === "text" || matched.has(key);
  return Object.entries(news.tiles).every(isPlaced) ? arrangement : lookAgain(arrangement);
}

async function lookAgain(arrangement: Arrangement): Promise<Arrangement> {
  const { connection, id, news, insightIds, matched } = arrangement;
  const observed = await observe(connection, id, { managedBy: news.managedBy, insightIds, tiles: news.tiles });
  if (!observed) throw new Error(`dashboard ${id} was deleted while it was being changed: run the same command again`);
  const tileIds = Object.fromEntries([...matched].flatMap(([key, tile]) => (tile.insight ? [] : [[key, tile.id]])));
  return { ...arrangement, observed, matched: matchTiles(news, { insightIds, tileIds }, observed).tiles };
}

/** The differences as the body of a PATCH of the dashboard; and the keys of the texts that it creates. */
function bodyOf({ news, observed, matched, left }: Arrangement): { body: JsonObject; newTexts: string[] } {
  const tiles: JsonObject[] = [];
  const newTexts: string[] = [];
  for (const [key, tile] of Object.entries(news.tiles)) {
    const changes = tileChanges(tile, matched.get(key));
    if (!changes) continue;
    tiles.push(changes);
    if (!("id" in changes)) newTexts.push(key);
  }
  const present = new Set(observed.dashboard.tiles?.map(({ id }) => id));
  for (const id of Object.values(left)) if (present.has(id)) tiles.push({ id, deleted: true });
  const { needed, along } = dashboardChanges(news, observed);
  const body: JsonObject = { ...needed, ...(tiles.length > 0 ? { tiles } : {}) };
  return { body: Object.keys(body).length > 0 ? { ...along, ...body } : body, newTexts };
}

const textsOf = ({ matched }: Arrangement): Record<string, number> =>
  Object.fromEntries([...matched].flatMap(([key, tile]) => (tile.insight ? [] : [[key, tile.id]])));

/** The tiles of the new texts in an answer: two with the same text are distinguished by using each once. */
function found(keys: string[], after: LiveDashboard, { news, observed, matched }: Arrangement): Record<string, number> {
  const taken = new Set([...(observed.dashboard.tiles ?? []), ...matched.values()].map(({ id }) => id));
  const ids: Record<string, number> = {};
  for (const key of keys) {
    const tile = news.tiles[key];
    if (tile?.kind !== "text") continue;
    const live = after.tiles?.find(({ id, text }) => !taken.has(id) && text && sameText(tile.markdown, text.body));
    if (!live) continue;
    taken.add(live.id);
    ids[key] = live.id;
  }
  return ids;
}
