import { nodesOf, object } from "../../insights/define/check/json.ts";
import { titleOf } from "../changes/tiles.ts";

/** A tile that uses an event. */
export interface Use {
  readonly dashboard: string;
  /** Title of the tile. */
  readonly tile: string;
  /** Names of the alerts on the tile. */
  readonly alerts: readonly string[];
}

interface Looked {
  readonly key: string;
  readonly title: string;
  readonly tiles: Readonly<Record<string, unknown>>;
}

interface Watching {
  readonly dashboardKey: string;
  readonly tileKey: string;
  readonly name: string;
}

/** The tiles that use each event, by event. Unused events have no entry. */
export function eventUses(dashboards: readonly Looked[], alerts: readonly Watching[] = []): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const { key, title, tiles } of dashboards) {
    for (const [tileKey, tile] of Object.entries(tiles)) {
      const on = alerts.filter((alert) => alert.dashboardKey === key && alert.tileKey === tileKey);
      const use = { dashboard: title, tile: titleOf(tileKey, object(tile)), alerts: on.map(({ name }) => name) };
      for (const event of eventsIn(object(tile).query)) uses.set(event, [...(uses.get(event) ?? []), use]);
    }
  }
  return uses;
}

/** The events that a query uses: those of its nodes, and those that SQL compares `event` with. */
export function eventsIn(query: unknown): string[] {
  const found = nodesOf(query).flatMap((node) => {
    if (node.kind === "HogQLQuery") return eventsInSql(String(node.query ?? ""));
    return typeof node.event === "string" ? [node.event] : [];
  });
  return [...new Set(found)];
}

function eventsInSql(sql: string): string[] {
  const compared = /\bevent\s*(?:=|==|!=|<>|like|ilike)\s*'([^']*)'/gi;
  const among = /\bevent\s+(?:not\s+)?in\s*[([]([^)\]]*)[)\]]/gi;
  return [
    ...[...sql.matchAll(compared)].map(([, event = ""]) => event),
    ...[...sql.matchAll(among)].flatMap(([, events = ""]) => [...events.matchAll(/'([^']*)'/g)].map(([, e = ""]) => e)),
  ];
}

/** Events that no tile uses. PostHog's own ($pageview) are left out: PostHog shows them on its own pages. */
export const unlookedEvents = (names: readonly string[], uses: ReadonlyMap<string, unknown>): string[] =>
  names.filter((event) => !event.startsWith("$") && !uses.has(event));
