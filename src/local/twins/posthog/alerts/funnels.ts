import { z } from "zod";
import { isObject, sourceQuery } from "../queries/source.ts";
import type { AlertRecord, JsonObject } from "../records.ts";
import type { Ask, Checked } from "./evaluation.ts";

/*
 * Whether an alert on a funnel's steps fires, as PostHog decides it: the conversion in per cent, over the insight's whole
 * range. Sources: products/alerts/backend/evaluation/funnels.py, funnel_strategies.py and comparator.py. Not modelled:
 * historical trends of a funnel, and the exact words of a breach.
 */

const alertFields = z.object({
  threshold: z.object({
    configuration: z.object({
      bounds: z.object({ lower: z.number().nullish(), upper: z.number().nullish() }).nullish(),
    }),
  }),
  config: z.object({
    metric: z.enum(["conversion_from_start", "conversion_from_previous"]),
    funnel_step: z.number().nullish(),
  }),
});

const step = z.object({
  count: z.number(),
  breakdown_value: z.union([z.string(), z.number(), z.array(z.unknown())]).nullish(),
});
const answerFields = z.union([z.array(z.array(step)), z.array(step)]);

export const isOnFunnel = ({ config }: Pick<AlertRecord, "config">): boolean =>
  isObject(config) && config.type === "FunnelsAlertConfig";

/** @param query of the insight that the alert is on */
export async function checkFunnelAlert(
  watched: Pick<AlertRecord, "config" | "threshold">,
  query: JsonObject,
  ask: Ask,
): Promise<Checked> {
  const { config, threshold } = alertFields.parse(watched);
  const filter = sourceQuery(query)?.funnelsFilter;
  if (isObject(filter) && (filter.funnelVizType ?? "steps") !== "steps") throw new Error("only steps are modelled");
  const { results } = await ask(query);
  // Nobody did the first step: there is no conversion, and the check ends in an error.
  if (!Array.isArray(results) || results.length === 0) throw new Error("Funnel steps alert query returned no data.");
  const read = answerFields.parse(results);
  const groups = read.every((one) => Array.isArray(one)) ? read : [read as z.infer<typeof step>[]];
  const { lower, upper } = threshold.configuration.bounds ?? {};
  let value: number | null = null;
  for (const steps of groups) {
    const at = config.funnel_step ?? steps.length - 1;
    const base = config.metric === "conversion_from_start" ? 0 : at - 1;
    const [reached, entered] = [steps[at]?.count, steps[base]?.count];
    if (reached === undefined || entered === undefined) throw new Error(`funnel_step ${at} is out of range`);
    value = entered === 0 ? 0 : (reached / entered) * 100;
    const label = steps[0]?.breakdown_value ?? "conversion";
    const says = `The funnel conversion rate (${[label].flat().join(", ")}) is ${value}%`;
    if (typeof lower === "number" && value < lower)
      return { value, breaches: [`${says}, less than the lower threshold ${lower}%`] };
    if (typeof upper === "number" && value > upper)
      return { value, breaches: [`${says}, more than the upper threshold ${upper}%`] };
  }
  return { value: groups.length > 1 ? null : value, breaches: [] };
}
