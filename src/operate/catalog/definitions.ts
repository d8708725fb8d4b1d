import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { InsightAlertDefinition } from "../../alerts/posthog/index.ts";
import type { SentryAlertDefinition } from "../../alerts/sentry/index.ts";
import type { Catalog } from "../../catalog/event.ts";
import type { FlagCatalog } from "../../catalog/flag.ts";
import type { DashboardDefinition } from "../../insights/define/index.ts";
import { Failure } from "../command/failure.ts";

/** The catalog, dashboards and alerts that a checkout defines. */
export interface Definitions {
  readonly catalog: Catalog;
  readonly dashboards: readonly DashboardDefinition[];
  readonly insightAlerts: readonly InsightAlertDefinition[];
  readonly sentryAlerts: readonly SentryAlertDefinition[];
}

/**
 * Loads the definitions of the checkout in `folder`, the one that a command works on. It need not be the checkout that
 * the command's own code comes from.
 * @throws Failure when one of its files cannot be loaded
 */
export async function loadDefinitions(folder: string): Promise<Definitions> {
  const [{ events }, { dashboards }, alerts] = await Promise.all([
    load<{ events: Catalog }>(folder, "src/catalog/events.ts"),
    load<Pick<Definitions, "dashboards">>(folder, "dashboards/index.ts"),
    load<Pick<Definitions, "insightAlerts" | "sentryAlerts">>(folder, "alerts/index.ts"),
  ]);
  return { catalog: events, dashboards, insightAlerts: alerts.insightAlerts, sentryAlerts: alerts.sentryAlerts };
}

/** Only the catalog: an older version can be compared even when its dashboards no longer load. */
export const loadCatalog = async (folder: string): Promise<Catalog> =>
  (await load<{ events: Catalog }>(folder, "src/catalog/events.ts")).events;

/** The feature flags of the checkout; a checkout from before them has none. */
export const loadFlags = async (folder: string): Promise<FlagCatalog> =>
  existsSync(join(folder, flagsPath)) ? (await load<{ flags: FlagCatalog }>(folder, flagsPath)).flags : {};

const flagsPath = "src/catalog/flags.ts";

async function load<T>(folder: string, path: string): Promise<T> {
  const file = join(folder, path);
  if (!existsSync(file))
    throw new Failure(`${file} is missing`, { fix: "is this a checkout of brandvx-observability?" });
  try {
    return (await import(pathToFileURL(file).href)) as T;
  } catch (error) {
    throw new Failure(`${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, {
      fix: "npx tsc --noEmit shows where",
    });
  }
}
