import { insightAlerts } from "./alerts/index.ts";
import { dashboards } from "./dashboards/index.ts";
import { Product, readSettings } from "./src/platform/index.ts";

const settings = readSettings({ dashboards, insightAlerts }); // all findings at once, each with what mends it
const { teams } = settings;

const product = new Product("product", { ...settings.posthog, teams, dashboards, alerts: insightAlerts });

export const dashboardUrls = product.urls;
