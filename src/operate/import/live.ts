import { vendors } from "../../model/vendors/index.ts";
import { systemClock } from "../../resources/kernel/clock.ts";
import { Limiter } from "../../resources/kernel/limits/limiter.ts";
import { publishedLimits } from "../../resources/kernel/limits/published.ts";
import { PostHogApi } from "../../resources/posthog/api.ts";
import type { LiveDashboardParts } from "../../resources/posthog/dashboard/observe.ts";
import { PostHogRequests } from "../../resources/posthog/request.ts";
import { type Access, requireKey } from "../access/access.ts";

/** PostHog as the stack's own key sees it, whatever key this process has for another stack. */
export function postHogOf(access: Access, progress: (line: string) => void): PostHogApi {
  const { host, projectId } = access.posthog;
  const clock = systemClock;
  const limiter = new Limiter(publishedLimits.posthog, { vendor: vendors.posthog.name, clock, progress });
  return new PostHogApi(new PostHogRequests({ host, projectId, key: requireKey(access, "posthog"), limiter, clock }));
}

/** A dashboard with the queries of all its insights as they were written; undefined where there is none. */
export async function readLive(api: PostHogApi, id: string): Promise<LiveDashboardParts | undefined> {
  const dashboard = await api.dashboard(id);
  if (!dashboard || dashboard.deleted) return undefined;
  const insights = new Map((await api.insightsOn(id)).map((insight) => [insight.id, insight]));
  for (const { insight } of dashboard.tiles ?? []) {
    if (!insight || insights.has(insight.id)) continue;
    // The dashboard shows a query with its own filters in it: only the insight itself says how it was written.
    insights.set(insight.id, (await api.insight(insight.id)) ?? insight);
  }
  return { dashboard, insights };
}
