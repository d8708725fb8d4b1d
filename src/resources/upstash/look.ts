// Read-only requests of the program to Upstash, before anything is written, also in a preview.
import { vendors } from "../../model/vendors/index.ts";
import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { UpstashApi } from "./api.ts";

const settings = new VendorSettings(vendors.upstash);
const client = shared((place: { baseUrl: string; email: string; apiKey: string }) => new UpstashApi(place));

export const configure = settings.configure;

/** The API of one account, with the same address and key as the plugin. */
export const connect = (): UpstashApi =>
  client({
    baseUrl: settings.address(),
    email: settings.secret(vendors.upstash.credentials.email),
    apiKey: settings.secret(),
  });
