import type { JsonClient } from "../kit/http.ts";
import type { Plugin } from "../kit/resource.ts";
import { cloudflareClient } from "./client.ts";
import { pagesProject } from "./pages-project.ts";

/** Stands in for the plugin of @pulumi/cloudflare, as far as this project uses it. */
export const cloudflarePlugin: Plugin<JsonClient> & { name: "cloudflare" } = {
  name: "cloudflare",
  resources: { "cloudflare:index/pagesProject:PagesProject": pagesProject },
  configure: (config) => cloudflareClient(config),
};
