import { tilesOfInsight } from "../data/membership.ts";
import { shownTags } from "../data/tags.ts";
import { invalid } from "../http/errors.ts";
import type { Caller } from "../http/keys.ts";
import { mentions } from "../http/page.ts";
import type { InsightRecord } from "../records.ts";
import type { World } from "../world.ts";

/** The insights that match a list request. Source: InsightViewSet._filter_request. */
export function findInsights(world: World, query: URLSearchParams, caller: Caller): InsightRecord[] {
  const tests: ((insight: InsightRecord) => boolean)[] = [(insight) => !insight.deleted];

  const shortId = query.get("short_id");
  if (shortId !== null) tests.push((insight) => insight.short_id === shortId);

  const search = query.get("search");
  if (search) {
    if (search.length > 200) throw invalid("Search query must be 200 characters or fewer.", "search");
    tests.push(({ name, derived_name, description, tags }) =>
      mentions(search, name, derived_name, description, ...shownTags(world, tags)),
    );
  }

  const tags = jsonList(query, "tags");
  if (tags !== null) tests.push((insight) => shownTags(world, insight.tags).some((tag) => tags.includes(tag)));

  const dashboards = jsonList(query, "dashboards");
  if (dashboards !== null) {
    tests.push((insight) => {
      const shown = tilesOfInsight(world, insight.id).map((tile) => tile.dashboard_id);
      return dashboards.every((id) => shown.includes(Number(id)));
    });
  }

  const authors = jsonList(query, "created_by");
  if (authors !== null) tests.push((insight) => authors.includes(insight.created_by));
  if (query.has("user")) tests.push((insight) => insight.created_by === caller.userId);
  if (query.has("favorited")) tests.push((insight) => insight.favorited);

  const saved = query.get("saved");
  if (saved !== null) {
    const wanted = isTrue(saved);
    tests.push((insight) => (wanted ? insight.saved || tilesOfInsight(world, insight.id).length > 0 : !insight.saved));
  }
  return world.insights.all().filter((insight) => tests.every((test) => test(insight)));
}

export const isTrue = (text: string | null): boolean =>
  ["1", "true", "t", "yes", "y", "on"].includes(text?.toLowerCase() ?? "");

function jsonList(query: URLSearchParams, name: string): unknown[] | null {
  const value = query.get(name);
  if (!value) return null;
  try {
    const parsed: unknown = JSON.parse(value);
    if (Array.isArray(parsed)) return parsed;
  } catch {
    // falls through to the same refusal
  }
  throw invalid("Must be a JSON-encoded array.", name);
}
