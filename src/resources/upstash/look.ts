// What the program asks Upstash itself, before anything is written, in a preview, too.
import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { defaultBaseUrl, UpstashApi } from "./api.ts";

const settings = new VendorSettings();
const client = shared((place: { baseUrl: string; email: string; apiKey: string }) => new UpstashApi(place));

export const configure = settings.configure;

/** The API of one account, at the address and with the key that the plugin uses, too. */
export const connect = (): UpstashApi =>
  client({
    baseUrl: (process.env.UPSTASH_API_BASE_URL || defaultBaseUrl).replace(/\/+$/, ""),
    email: settings.secret({ vendor: "Upstash", variable: "UPSTASH_EMAIL", configKey: "upstash:email" }),
    apiKey: settings.secret({ vendor: "Upstash", variable: "UPSTASH_API_KEY", configKey: "upstash:apiKey" }),
  });
