import type { DashboardDefinition } from "../../insights/define/index.ts";
import type { Access } from "../access/access.ts";
import { requireKey } from "../access/access.ts";
import { liveResults } from "../live/results.ts";
import type { Numbers } from "./numbers.ts";

/** PostHog's present numbers. Only runs queries, changes nothing. */
export function liveNumbers(access: Access): Numbers {
  const { host, projectId } = access.posthog;
  const key = requireKey(access, "posthog");
  return {
    source: "PostHog's numbers of now",
    areReal: true,
    askedAt: new Date(),
    async of(dashboard) {
      // A planned dashboard has passed its checks, so it is a valid definition although the plan's type is wider.
      const results = await liveResults(dashboard as unknown as DashboardDefinition, { host, projectId, key });
      return Object.fromEntries(
        Object.entries(results).map(([tile, result]) => [
          tile,
          result.kind === "answered" ? { answer: result.answer } : { failure: result.why },
        ]),
      );
    },
    close: async () => {},
  };
}
