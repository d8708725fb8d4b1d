import { vendors } from "../../model/vendors/index.ts";
import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { CloudflareApi } from "./api.ts";

const settings = new VendorSettings(vendors.cloudflare);
const client = shared((place: { baseUrl: string; accountId: string; token: string }) => new CloudflareApi(place));

export const configure = settings.configure;

/** The API of one account. */
export const connect = (accountId: string): CloudflareApi =>
  client({ baseUrl: settings.address(), accountId, token: settings.secret() });
