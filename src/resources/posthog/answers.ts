import { z } from "zod";
import type { Json, JsonObject } from "../kernel/json.ts";

const json: z.ZodType<Json> = z.json();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);
const layout = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

const membership = z.object({ id: z.number(), dashboard_id: z.number(), deleted: z.boolean().nullish() });

export const insightAnswer = z.object({
  id: z.number(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  query: jsonObject.nullish(),
  tags: z.array(z.string()).nullish(),
  // The field `dashboards` is going away for API keys; memberships are read from here (PostHog/posthog#69922, #72764).
  dashboard_tiles: z.array(membership).nullish(),
});
/** An insight, as far as it is used here. */
export type Insight = z.infer<typeof insightAnswer>;

const tile = z.object({
  id: z.number(),
  layouts: z.object({ sm: layout.partial().nullish() }).nullish(),
  color: z.string().nullish(),
  show_description: z.boolean().nullish(),
  filters_overrides: jsonObject.nullish(),
  insight: z.object({ id: z.number(), name: z.string().nullish() }).nullish(),
  text: z.object({ id: z.number().nullish(), body: z.string().nullish() }).nullish(),
});
/** A tile of a dashboard: an insight, a text, or something made by hand that this project does not make. */
export type LiveTile = z.infer<typeof tile>;

export const dashboardAnswer = z.object({
  id: z.number(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  filters: jsonObject.nullish(),
  deleted: z.boolean().nullish(),
  tiles: z.array(tile).nullish(),
});
/** A dashboard with its tiles. Tiles' queries are not in it: PostHog rewrites them there with the dashboard's filters. */
export type LiveDashboard = z.infer<typeof dashboardAnswer>;

export const alertAnswer = z.object({
  id: z.string(),
  name: z.string().nullish(),
  insight: z.object({ id: z.number() }),
  subscribed_users: z.array(z.object({ id: z.number(), email: z.string() })),
  threshold: z
    .object({
      configuration: z
        .object({
          type: z.string().optional(),
          bounds: z.object({ lower: z.number(), upper: z.number() }).partial().nullish(),
        })
        .nullish(),
    })
    .nullish(),
  condition: z.object({ type: z.string() }).nullish(),
  config: z.object({ series_index: z.number().nullish() }).nullish(),
  calculation_interval: z.string().nullish(),
  enabled: z.boolean(),
});
/** An alert. Answers hold objects where requests take numbers (`insight`, `subscribed_users`). */
export type LiveAlert = z.infer<typeof alertAnswer>;

export const memberAnswer = z.object({ user: z.object({ id: z.number(), email: z.string() }) });
export type Member = z.infer<typeof memberAnswer>;
