import { vendors } from "../../model/vendors/index.ts";
import { nameOf, typeOf } from "../plan/plan.ts";

const boards = /posthog:Dashboard$/;
const posthogAlerts = /posthog:InsightAlert$/;
const subscriptions = /posthog:Subscription$/;
const sentryAlerts = /sentry:(Alert|(Uptime|Cron)?Monitor)$/;
const variables = /:(PagesProject|PagesVariables|ServiceVariables)$/;
const ofVendor = new RegExp(`^src/(?:resources|model|platform)/(${Object.keys(vendors).join("|")})[/.]`);

/**
 * Resource types that a file defines; the first match counts, and a file without a match may define any type. Package updates
 * count as defining none: a few do change a plan, but most change nothing, and would hide drift until something else is
 * deployed.
 */
const definedBy: readonly (readonly [RegExp, RegExp])[] = [
  [/^package(-lock)?\.json$/, /^(?!)/],
  [/^dashboards\//, boards],
  [/^alerts\/posthog\.ts$/, posthogAlerts],
  [/^alerts\/sentry\.ts$/, sentryAlerts],
  [/^alerts\/subscriptions\.ts$/, subscriptions],
  [/^alerts\//, /posthog:(InsightAlert|Subscription)$|sentry:(Alert|(Uptime|Cron)?Monitor)$/],
  [/^src\/alerts\/posthog\//, /posthog:(InsightAlert|Subscription)$/],
  [/^src\/alerts\/sentry\//, sentryAlerts],
  [/^src\/insights\//, /posthog:(Dashboard|InsightAlert|Subscription)$/],
  [/^src\/catalog\/events?\.ts$/, /posthog:/],
  [/^src\/catalog\/flags?\.ts$/, /posthog:FeatureFlag$/],
  [/^src\/catalog\/event-filter\.ts$/, /posthog:EventFilter$/],
  [/^src\/catalog\/event-schemas\.ts$/, /posthog:EventSchemas$/],
  [/^src\/catalog\/project-settings\.ts$/, /posthog:ProjectSettings$/],
  [/^src\/catalog\/(environment|variable)/, variables],
  [/^src\/platform\/product\.ts$/, /posthog:/],
  [/^src\/platform\/redis\.ts$/, /upstash:/],
  [/^src\/platform\/pages\.ts$/, /cloudflare:/],
  [/^src\/platform\/variables\.ts$/, variables],
];

/** Files in dashboards/ that define no dashboard. */
const shared = new Set(["index", "managed-by-code"]);

/** Those of the files that can change this resource's definition. */
export const definedIn = (urn: string, files: readonly string[]): string[] =>
  files.filter((file) => defines(file, typeOf(urn), nameOf(urn)));

function defines(file: string, type: string, name: string): boolean {
  const board = /^dashboards\/([^/]+)\.ts$/.exec(file)?.[1];
  if (board !== undefined && !shared.has(board)) return boards.test(type) && board === name;
  const vendor = ofVendor.exec(file)?.[1];
  if (vendor !== undefined) return type.includes(`${vendor}:`);
  const types = definedBy.find(([path]) => path.test(file))?.[1];
  return types === undefined || types.test(type);
}
