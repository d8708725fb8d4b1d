import { dashboards } from "./dashboards/index.ts";
import { Product, readSettings } from "./src/platform/index.ts";

const settings = readSettings({ dashboards }); // all findings at once, each with what mends it

const product = new Product("product", { ...settings.posthog, dashboards });

export const dashboardUrls = product.urls;
