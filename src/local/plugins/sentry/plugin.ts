import type { JsonClient } from "../kit/http.ts";
import type { Plugin } from "../kit/resource.ts";
import { sentryClient } from "./client.ts";
import { key } from "./key.ts";
import { project } from "./project.ts";
import { team } from "./team.ts";

/** Stands in for the plugin of @pulumiverse/sentry. */
export const sentryPlugin: Plugin<JsonClient> & { name: "sentry" } = {
  name: "sentry",
  resources: {
    "sentry:index/sentryTeam:SentryTeam": team,
    "sentry:index/sentryProject:SentryProject": project,
    "sentry:index/sentryKey:SentryKey": key,
  },
  configure: (config) => sentryClient(config),
};
