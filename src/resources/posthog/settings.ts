import type { Configuration } from "../kernel/provider.ts";
import { PostHogApi } from "./api.ts";

/** Where PostHog Cloud's API is unless the configuration says otherwise. */
export const defaultHost = "https://us.posthog.com";

let configuration: Configuration = { get: () => undefined };
const connections = new Map<string, PostHogApi>();

/** Keeps the stack's configuration for {@link connect}. Nothing is read or checked yet, so it cannot fail. */
export function configure(given: Configuration): void {
  configuration = given;
}

/**
 * The API of one project. The key comes from the environment first, since the configuration that a refresh or a destroy
 * sees is the one of the last `up`: a rotated key would not be in it.
 */
export function connect(projectId: number): PostHogApi {
  const key = process.env.POSTHOG_PERSONAL_API_KEY || configuration.get("posthog:personalApiKey");
  const host = (configuration.get("posthog:host") || defaultHost).replace(/\/+$/, "");
  if (!key) {
    throw new Error(
      "there is no key for PostHog: set POSTHOG_PERSONAL_API_KEY in the environment, or run `pulumi config set --secret posthog:personalApiKey`",
    );
  }
  const name = JSON.stringify([host, projectId, key]);
  const known = connections.get(name);
  if (known) return known;
  const api = new PostHogApi({ host, projectId, key });
  connections.set(name, api);
  return api;
}
