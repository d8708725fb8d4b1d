import type { JsonObject } from "../records.ts";

/** Latest version of each node that has had a migration. Source: schema_migrations/latest-versions.json. */
const latestVersions: Readonly<Record<string, number>> = {
  TrendsQuery: 5,
  FunnelsQuery: 2,
  StickinessQuery: 5,
  LifecycleQuery: 2,
  RetentionQuery: 2,
  CalendarHeatmapQuery: 2,
};

/**
 * A stored query as PostHog shows it: nodes with migrations get their `version`, and a series without a `kind` gets one
 * (migration 0004). The stored query does not change.
 */
export function upgradeQuery(query: JsonObject): JsonObject;
export function upgradeQuery(query: JsonObject | null): JsonObject | null;
export function upgradeQuery(query: JsonObject | null): JsonObject | null {
  return query === null ? null : (upgraded(query) as JsonObject);
}

function upgraded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(upgraded);
  if (value === null || typeof value !== "object") return value;
  const node = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, upgraded(inner)]));
  if (Array.isArray(node.series)) node.series = node.series.map(withKind);
  const version = typeof node.kind === "string" ? latestVersions[node.kind] : undefined;
  return version === undefined ? node : { ...node, version };
}

function withKind(series: unknown): unknown {
  if (series === null || typeof series !== "object" || "kind" in series) return series;
  if ("event" in series) return { kind: "EventsNode", ...series };
  return "id" in series ? { kind: "ActionsNode", ...series } : series;
}
