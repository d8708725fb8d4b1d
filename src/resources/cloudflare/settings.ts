import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { CloudflareApi } from "./api.ts";

/** Where Cloudflare's API is unless the configuration says otherwise. */
export const defaultBaseUrl = "https://api.cloudflare.com/client/v4";

const settings = new VendorSettings();
const client = shared((place: { baseUrl: string; accountId: string; token: string }) => new CloudflareApi(place));

export const configure = settings.configure;

/** The API of one account. */
export const connect = (accountId: string): CloudflareApi =>
  client({
    baseUrl: settings.address("cloudflare:baseUrl", defaultBaseUrl),
    accountId,
    token: settings.secret({
      vendor: "Cloudflare",
      variable: "CLOUDFLARE_API_TOKEN",
      configKey: "cloudflare:apiToken",
    }),
  });
