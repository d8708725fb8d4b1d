import { describe, expect, test } from "vitest";
import { dashboards } from "../../../dashboards/index.ts";
import { drawDashboard } from "../../../src/insights/draw/index.ts";
import { evaluateTiles, openEvents, type StoredEvent } from "../../../src/insights/evaluate/index.ts";

/** One of each event that the dashboards ask for, with properties of the right types. */
function oneOfEach(): StoredEvent[] {
  const names = JSON.stringify(dashboards).match(/(?<="event":")[^"]+/g) ?? [];
  const properties = {
    step: "profile",
    position: 2,
    direction: "forward",
    mode: "chat",
    onboard: true,
    length: 12,
    chars: 300,
    duration_ms: 900,
    rating: 4,
    target: "copy",
    tenant_id: "tenant-1",
    $ai_model: "large-2",
    $ai_total_cost_usd: 0.0125,
    $ai_is_error: true,
  };
  const cadence = { channel: "sms", template_id: "", contact_id: "c1", error: "timeout", fallback: true };
  return [...new Set(names)].map((event) => ({
    event,
    distinct_id: "ada",
    timestamp: "2026-11-01T09:30:00Z",
    properties: { ...properties, ...cadence },
  }));
}

describe.each(dashboards.map((dashboard) => [dashboard.key, dashboard] as const))("%s", (_key, dashboard) => {
  const context = { now: new Date("2026-11-01T12:00:00Z"), timeZone: "America/New_York" };

  test("every tile is evaluated and drawn, with events and without", async () => {
    await using events = await openEvents({ threads: 1 });
    for (const arriving of [[], oneOfEach()]) {
      events.append(arriving);
      const answers = await evaluateTiles(events, dashboard.tiles, context);
      const failures = Object.entries(answers).filter(([, answer]) => "failure" in answer);
      expect(failures).toEqual([]);
      for (const theme of ["light", "dark"] as const) {
        const picture = drawDashboard(dashboard, answers, { theme });
        expect(picture).toContain(dashboard.title);
        expect(picture).not.toContain("cannot be drawn");
      }
    }
  });
});
