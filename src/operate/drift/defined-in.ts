import { nameOf, typeOf } from "../plan/plan.ts";

const boards = /posthog:Dashboard$/;
const posthogAlerts = /posthog:InsightAlert$/;
const sentryAlerts = /sentry:(Alert|Monitor)$/;
const variables = /:(PagesProject|PagesVariables|ServiceVariables)$/;
const vendors = /^src\/(?:resources|model|platform)\/(posthog|sentry|cloudflare|render|upstash)[/.]/;

/**
 * Which types of resources a file defines, the first that fits; a file that is not among them may define any. Packages define
 * none: an update of one makes a plan with changes now and then, but far more merges of them change nothing, and would hide
 * drift for as long as nothing else is deployed.
 */
const definedBy: readonly (readonly [RegExp, RegExp])[] = [
  [/^package(-lock)?\.json$/, /^(?!)/],
  [/^dashboards\//, boards],
  [/^alerts\/posthog\.ts$/, posthogAlerts],
  [/^alerts\/sentry\.ts$/, sentryAlerts],
  [/^alerts\//, /posthog:InsightAlert$|sentry:(Alert|Monitor)$/],
  [/^src\/alerts\/posthog\//, posthogAlerts],
  [/^src\/alerts\/sentry\//, sentryAlerts],
  [/^src\/insights\//, /posthog:(Dashboard|InsightAlert)$/],
  [/^src\/catalog\/events?\.ts$/, /posthog:/],
  [/^src\/catalog\/(environment|variable)/, variables],
  [/^src\/platform\/product\.ts$/, /posthog:/],
  [/^src\/platform\/redis\.ts$/, /upstash:/],
  [/^src\/platform\/pages\.ts$/, /cloudflare:/],
  [/^src\/platform\/variables\.ts$/, variables],
];

/** Files of dashboards/ that are no dashboard's own. */
const shared = new Set(["index", "managed-by-code"]);

/** Those of the files that what this resource is to be can follow from. */
export const definedIn = (urn: string, files: readonly string[]): string[] =>
  files.filter((file) => defines(file, typeOf(urn), nameOf(urn)));

function defines(file: string, type: string, name: string): boolean {
  const board = /^dashboards\/([^/]+)\.ts$/.exec(file)?.[1];
  if (board !== undefined && !shared.has(board)) return boards.test(type) && board === name;
  const vendor = vendors.exec(file)?.[1];
  if (vendor !== undefined) return type.includes(`${vendor}:`);
  const types = definedBy.find(([path]) => path.test(file))?.[1];
  return types === undefined || types.test(type);
}
