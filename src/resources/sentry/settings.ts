import type { Configuration } from "../kernel/provider.ts";
import { defaultBaseUrl, sentryRoot } from "./address.ts";
import { SentryApi } from "./api.ts";

let configuration: Configuration = { get: () => undefined };
const connections = new Map<string, SentryApi>();

/** Keeps the stack's configuration for {@link connect}. Nothing is read or checked yet, so it cannot fail. */
export function configure(given: Configuration): void {
  configuration = given;
}

/**
 * The API of one organization. The token comes from the environment first, since the configuration that a refresh or a
 * destroy sees is the one of the last `up`: a rotated token would not be in it. The names are those of the plugin of
 * @pulumiverse/sentry, so that one setting serves both.
 */
export function connect(organization: string): SentryApi {
  const token = process.env.SENTRY_TOKEN || process.env.SENTRY_AUTH_TOKEN || configuration.get("sentry:token");
  const root = sentryRoot(configuration.get("sentry:baseUrl") || process.env.SENTRY_BASE_URL || defaultBaseUrl);
  if (!token) {
    throw new Error(
      "there is no token for Sentry: set SENTRY_TOKEN in the environment, or run `pulumi config set --secret sentry:token`",
    );
  }
  const name = JSON.stringify([root, organization, token]);
  const known = connections.get(name);
  if (known) return known;
  const api = new SentryApi({ root, organization, token });
  connections.set(name, api);
  return api;
}
