import type { Vendor } from "./vendor.ts";

/** The longest value of a variable, in bytes of UTF-8: "5 KB" (developers.cloudflare.com/workers/platform/limits). */
export const longestVariableBytes = 5000;

export const cloudflare = {
  name: "Cloudflare",
  hosts: ["api.cloudflare.com"],
  address: {
    default: "https://api.cloudflare.com/client/v4",
    configKey: "cloudflare:baseUrl",
    variable: "CLOUDFLARE_BASE_URL",
  },
  credentials: {
    key: {
      variable: "CLOUDFLARE_API_TOKEN",
      configKey: "cloudflare:apiToken",
      need: "an API token with the permission Cloudflare Pages: Edit",
    },
  },
  hasPlugin: true,
  // terraform-provider-cloudflare: internal/provider.go
  otherKeys: [
    { variable: "CLOUDFLARE_API_KEY", configKey: "cloudflare:apiKey" },
    { variable: "CLOUDFLARE_API_USER_SERVICE_KEY", configKey: "cloudflare:apiUserServiceKey" },
  ],
  marks: [],
  variables: {
    place: "Cloudflare Pages",
    shortPlace: "Pages",
    takesEffect: "Takes effect at the next deployment.",
  },
  kinds: {
    "cloudflare:index/pagesProject:PagesProject": {
      title: "Pages project",
      lost: "the site, with all its deployments, domains and variables. They cannot be brought back.",
      keptBy: "protect",
    },
    "cloudflare:index/pagesDomain:PagesDomain": {
      title: "Pages domain",
      lost: "the site is not reached by it any more.",
    },
    "pulumi-nodejs:dynamic/cloudflare:PagesVariables": { title: "variables on Cloudflare Pages" },
  },
} as const satisfies Vendor;
