import { type TextProblem, textProblem } from "../text.ts";
import { posthog } from "../vendors/posthog.ts";

/**
 * The longest texts that PostHog takes, in characters. A text that is not here has no bound: descriptions of dashboards
 * and of event definitions are of PostgreSQL's type text.
 */
export const posthogTexts = {
  /** products/dashboards/backend/models/dashboard.py, Dashboard.name */
  dashboardName: 400,
  /** products/product_analytics/backend/models/insight.py, Insight.name */
  insightName: 400,
  /** Insight.description */
  insightDescription: 400,
  /** products/dashboards/backend/api/dashboard.py, create_text_tile */
  textTile: 4000,
  /** products/dashboards/backend/models/dashboard_tile.py, DashboardTile.color */
  tileColor: 400,
  /** products/alerts/backend/models/alert.py, AlertConfiguration.name */
  alertName: 255,
  /** posthog/models/subscription.py, Subscription.title */
  subscriptionTitle: 100,
  /** posthog/models/annotation.py, Annotation.content: 400 before products/annotations made it 8192; older servers still run. */
  annotation: 400,
  /** posthog/models/event_definition.py, EventDefinition.name */
  eventName: 400,
  /** posthog/models/tag.py, Tag.name. A longer one is no 400 at PostHog but a 500: nothing but the database refuses it. */
  tag: 255,
} as const;

/** Why PostHog refuses a text; undefined for a good one. Without a `field`, only its characters are looked at. */
export const posthogTextProblem = (text: string, field?: keyof typeof posthogTexts): TextProblem | undefined =>
  textProblem(text, posthog.name, field && posthogTexts[field]);
