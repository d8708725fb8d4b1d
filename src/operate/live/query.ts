import { z } from "zod";
import type { Clock } from "../../resources/kernel/clock.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import type { Http } from "../../resources/kernel/http.ts";

/*
 * Runs one query at PostHog (posthog/api/query.py). A slow query is answered with 202 and a `query_status`; its result is
 * then fetched by the status' id.
 */

const queryStatus = z.object({
  id: z.string().nullish(),
  complete: z.boolean().nullish(),
  error: z.boolean().nullish(),
  error_message: z.string().nullish(),
  results: z.unknown().optional(),
});
type QueryStatus = z.output<typeof queryStatus>;

const queryBody = z.looseObject({ query_status: queryStatus.nullish() });
const statusBody = z.object({ query_status: queryStatus });

/** How often, and at which interval, PostHog is polled for the result. */
const patience = { times: 30, waitMs: 2000 };

/** PostHog did not finish within a minute. */
export class StillComputing extends Error {
  override readonly name = "StillComputing";
}

/** PostHog finished without a result. The message says why. */
export class QueryFailed extends Error {
  override readonly name = "QueryFailed";
}

/**
 * The body of PostHog's answer to a query.
 * @throws VendorError when PostHog refuses it, StillComputing and QueryFailed.
 */
export async function askQuery(
  http: Http,
  { projectId, clock }: { readonly projectId: number; readonly clock: Clock },
  query: unknown,
): Promise<unknown> {
  const path = `/api/projects/${projectId}/query/`;
  const ask = async () => {
    const body = { query, refresh: "blocking" };
    return await http.request("POST", path, queryBody, { body, repeatable: true });
  };
  let answer: unknown = await ask();
  for (let waited = 0; ; waited += 1) {
    const status = statusOf(answer);
    if (status?.error) throw new QueryFailed(status.error_message ?? "PostHog says that the query failed");
    if (status?.complete !== false) return answer;
    if (waited === patience.times) throw new StillComputing();
    await clock.sleep(patience.waitMs);
    answer = status.id ? ((await fetchAnswer(http, `${path}${status.id}/`)) ?? (await ask())) : await ask();
  }
}

/** Null when PostHog no longer has the query's status, which expires. */
async function fetchAnswer(http: Http, path: string): Promise<unknown> {
  try {
    const { query_status: status } = await http.request("GET", path, statusBody);
    // Finished: the status contains the query's result.
    return status.complete === true && !status.error ? (status.results ?? null) : { query_status: status };
  } catch (error) {
    if (isVendorError(error) && error.failure.status === 404) return null;
    throw error;
  }
}

function statusOf(answer: unknown): QueryStatus | null | undefined {
  return queryBody.safeParse(answer).data?.query_status;
}
