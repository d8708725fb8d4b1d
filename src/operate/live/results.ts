import { z } from "zod";
import type { DashboardDefinition, InsightTile } from "../../insights/define/index.ts";
import type { QueryAnswer } from "../../insights/evaluate/index.ts";
import { type Clock, systemClock } from "../../resources/kernel/clock.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { scrub } from "../../resources/kernel/scrub.ts";
import { posthogHttp } from "../../resources/posthog/http.ts";
import { type AnswerKind, readAnswer } from "./answers.ts";
import { askQuery, QueryFailed, StillComputing } from "./query.ts";

/** One tile with PostHog's present answer to its query. */
export type LiveResult =
  | { readonly kind: "answered"; readonly answer: QueryAnswer }
  /** PostHog has no answer for this tile; the others may have one. `why` is a sentence for a person. */
  | { readonly kind: "failed"; readonly why: string };

export interface LiveOptions {
  /** Address of PostHog's app, without a trailing slash. */
  readonly host: string;
  readonly projectId: number;
  /** A personal API key with the scope `query:read`. */
  readonly key: string;
  readonly clock?: Clock;
  /** Timeout of one request. Default 60000, about as long as PostHog computes. */
  readonly timeoutMs?: number;
}

/**
 * PostHog's present results for a dashboard's charts, by tile key, in the tiles' order. The dashboard need not exist in
 * PostHog: only its queries are run, and nothing is changed.
 * @throws VendorError when key, host or project are wrong, which is then the same for every tile.
 */
export async function liveResults(
  { tiles }: DashboardDefinition,
  { host, projectId, key, clock = systemClock, timeoutMs = 60_000 }: LiveOptions,
): Promise<Record<string, LiveResult>> {
  const http = posthogHttp(
    { host, projectId, key },
    { timeoutMs, clock, readError: (body) => errorBody.safeParse(body).data ?? {} },
  );
  const ask = (query: unknown) => askQuery(http, { projectId, clock }, query);
  const charts = Object.entries(tiles).filter((entry): entry is [string, InsightTile] => entry[1].kind === "insight");
  // The client obeys PostHog's limits, which allow few queries at once.
  const answered = charts.map(async ([tileKey, tile]) => [tileKey, await resultOf(tile, ask, key)] as const);
  return Object.fromEntries(await Promise.all(answered));
}

const errorBody = z
  .object({ code: z.string(), detail: z.string(), query_status: z.object({ error_message: z.string() }).partial() })
  .partial()
  .transform(({ code, detail, query_status: status }) => ({ code, detail: detail ?? status?.error_message }));

async function resultOf(
  { query }: InsightTile,
  ask: (query: unknown) => Promise<unknown>,
  key: string,
): Promise<LiveResult> {
  const kind = kindOf(query);
  if (kind === undefined) return failed("it is neither a trend nor a funnel: look at this tile in PostHog");
  try {
    return { kind: "answered", answer: readAnswer(kind, await ask(query)) };
  } catch (error) {
    if (error instanceof StillComputing) return failed("PostHog is still computing it: try again in a minute");
    if (error instanceof QueryFailed) return failed(scrub(error.message, [key]).slice(0, longestReason));
    if (error instanceof z.ZodError)
      return failed(`PostHog's answer has an unexpected form: ${z.prettifyError(error)}`);
    if (isVendorError(error) && timedOut.includes(error.failure.code ?? "")) {
      return failed("PostHog takes too long to answer: shorten the tile's period");
    }
    if (isVendorError(error) && !isAboutAccess(error.failure.status)) return failed(error.message);
    throw error;
  }
}

const failed = (why: string): LiveResult => ({ kind: "failed", why });

/** PostHog's message may be a page of SQL. */
const longestReason = 300;

/** When one query takes too long, the others may still have an answer. */
const timedOut = ["ECONNABORTED", "ETIMEDOUT"];

/** The key, host or project is wrong, so no tile can have an answer. */
const isAboutAccess = (status: number | undefined): boolean =>
  status === undefined || [401, 403, 404].includes(status) || (status >= 300 && status < 400);

function kindOf({ source }: InsightTile["query"]): AnswerKind | undefined {
  if (source.kind === "TrendsQuery") return "trends";
  if (source.kind !== "FunnelsQuery") return undefined;
  const { funnelsFilter } = source as { funnelsFilter?: { funnelVizType?: string } };
  const shown = funnelsFilter?.funnelVizType ?? "steps";
  if (shown === "steps") return "funnel steps";
  return shown === "time_to_convert" ? "time to convert" : undefined;
}
