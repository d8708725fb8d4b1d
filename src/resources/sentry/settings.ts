import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { defaultBaseUrl, sentryRoot } from "./address.ts";
import { SentryApi } from "./api.ts";

const settings = new VendorSettings();
const clientOf = shared((place: { root: string; organization: string; token: string }) => new SentryApi(place));

/** Keeps the stack's configuration for {@link connect}. */
export const configure = settings.configure;

/** Those that the plugin of @pulumiverse/sentry reads, so that one serves both. */
const tokenVariables = ["SENTRY_TOKEN", "SENTRY_AUTH_TOKEN"] as const;

/** The API of one organization, at the address and with the token that the plugin of @pulumiverse/sentry uses, too. */
export function connect(organization: string): SentryApi {
  const variable = tokenVariables.find((name) => process.env[name]) ?? tokenVariables[0];
  const token = settings.secret({ vendor: "Sentry", variable, configKey: "sentry:token" });
  const root = sentryRoot(settings.address("sentry:baseUrl", process.env.SENTRY_BASE_URL || defaultBaseUrl));
  return clientOf({ root, organization, token });
}
