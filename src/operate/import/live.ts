import { vendors } from "../../model/vendors/index.ts";
import { systemClock } from "../../resources/kernel/clock.ts";
import { Limiter } from "../../resources/kernel/limits/limiter.ts";
import { publishedLimits } from "../../resources/kernel/limits/published.ts";
import { PostHogApi } from "../../resources/posthog/api.ts";
import type { LiveDashboardParts } from "../../resources/posthog/dashboard/observe.ts";
import { PostHogRequests } from "../../resources/posthog/request.ts";
import { type Access, requireKey } from "../access/access.ts";

/** A PostHog client with the stack's own key, even if this process's environment has another one. */
export function postHogOf(access: Access, progress: (line: string) => void): PostHogApi {
  const { host, projectId } = access.posthog;
  const clock = systemClock;
  const limiter = new Limiter(publishedLimits.posthog, { vendor: vendors.posthog.name, clock, progress });
  return new PostHogApi(new PostHogRequests({ host, projectId, key: requireKey(access, "posthog"), limiter, clock }));
}

/** A dashboard with its insights' queries as they were written; undefined when it does not exist. */
export async function readLive(api: PostHogApi, id: string): Promise<LiveDashboardParts | undefined> {
  const dashboard = await api.dashboard(id);
  if (!dashboard || dashboard.deleted) return undefined;
  const insights = new Map((await api.insightsOn(id)).map((insight) => [insight.id, insight]));
  for (const { insight } of dashboard.tiles ?? []) {
    if (!insight || insights.has(insight.id)) continue;
    // The dashboard's API merges its filters into each query; only the insight has the query as written.
    insights.set(insight.id, (await api.insight(insight.id)) ?? insight);
  }
  return { dashboard, insights };
}
