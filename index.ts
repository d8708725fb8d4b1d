import { insightAlerts, sentryAlerts, subscriptions } from "./alerts/index.ts";
import { dashboards } from "./dashboards/index.ts";
import { events } from "./src/catalog/events.ts";
import { flags } from "./src/catalog/flags.ts";
import { projectSettings } from "./src/catalog/project-settings.ts";
import {
  BrowserVariables,
  Product,
  ProductErrors,
  readSettings,
  ServerVariables,
  StateStore,
} from "./src/platform/index.ts";

const settings = readSettings({ events, flags, dashboards, insightAlerts, sentryAlerts, subscriptions }); // all findings at once, each with its fix
const { stage, release, teams, tracesSampleRate } = settings;

const product = new Product("product", {
  ...settings.posthog,
  teams,
  events,
  flags,
  dashboards,
  alerts: insightAlerts,
  subscriptions: settings.subscriptions,
  release,
  projectSettings,
  filtersEvents: true,
  eventSchemas: settings.eventSchemas,
  appUrl: settings.appUrl,
});
const errors = new ProductErrors("errors", {
  ...settings.sentry,
  teams,
  stage,
  healthUrl: settings.healthUrl,
  alerts: sentryAlerts,
});
const state = new StateStore("state", settings.redis);

const { browserDsn, serverDsn } = errors;
const sentry = { browserDsn, serverDsn, tracesSampleRate };
const values = { posthog: settings.posthog, sentry, redis: state, stage };
new BrowserVariables("operator-ui", { ...settings.pages, values });
new ServerVariables("backend", { ...settings.render, values });

export const dashboardUrls = product.urls;
export const sentryUrls = errors.urls;
export const redisUrl = state.url;
export const healthUrl = settings.healthUrl;
