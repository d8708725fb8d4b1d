// What the program asks Upstash itself, before anything is written, in a preview, too.
import { vendors } from "../../model/vendors/index.ts";
import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { UpstashApi } from "./api.ts";

const settings = new VendorSettings(vendors.upstash);
const client = shared((place: { baseUrl: string; email: string; apiKey: string }) => new UpstashApi(place));

export const configure = settings.configure;

/** The API of one account, at the address and with the key that the plugin uses, too. */
export const connect = (): UpstashApi =>
  client({
    baseUrl: settings.address(),
    email: settings.secret(vendors.upstash.credentials.email),
    apiKey: settings.secret(),
  });
