import * as z from "zod";
import { NotEvaluable, QueryRejected } from "../errors.ts";
import type { Plan } from "../plan.ts";
import type { ReadingContext } from "./common.ts";
import { readFunnels } from "./funnels.ts";
import { harmless, parse } from "./parse.ts";
import { readTrends } from "./trends.ts";

const insightVizNode = z.strictObject({
  kind: z.literal("InsightVizNode"),
  source: z.unknown(),
  embedded: harmless,
  full: harmless,
  hidePersonsModal: harmless,
  hideTooltipOnScroll: harmless,
  showCorrelationTable: harmless,
  showFilters: harmless,
  showHeader: harmless,
  showLastComputation: harmless,
  showLastComputationRefresh: harmless,
  showResults: harmless,
  showTable: harmless,
  suppressSessionAnalysisWarning: harmless,
  version: harmless,
  vizSpecificOptions: harmless,
});

const dataTableNode = z.object({ source: z.object({ kind: z.string() }) });

/**
 * Parses PostHog's query JSON: a TrendsQuery or FunnelsQuery, bare or in an InsightVizNode.
 * @throws NotEvaluable naming what the query asks for and where; QueryRejected for what PostHog answers with 400.
 */
export function readQuery(query: unknown, context: ReadingContext, where = ""): Plan {
  const kind = typeof query === "object" && query !== null && "kind" in query ? query.kind : undefined;
  switch (kind) {
    case "InsightVizNode":
      return readQuery(
        parse(insightVizNode, query, where).source,
        context,
        where === "" ? "source" : `${where}.source`,
      );
    case "TrendsQuery":
      return readTrends(query, context, where);
    case "FunnelsQuery":
      return readFunnels(query, context, where);
    case "HogQLQuery":
    case "DataVisualizationNode":
      throw new NotEvaluable("SQL (HogQL)", where || "the query");
    case "DataTableNode":
      throw new NotEvaluable(tableOf(query), where || "the query");
    default:
      if (typeof kind === "string") throw new NotEvaluable(`a query of kind ${kind}`, where || "the query");
      throw new QueryRejected("it has no kind", where || "the query");
  }
}

/** A table usually shows SQL. */
function tableOf(query: unknown): string {
  const { source } = dataTableNode.safeParse(query).data ?? {};
  return source === undefined || source.kind === "HogQLQuery" ? "SQL (HogQL)" : `a table of ${source.kind}`;
}
