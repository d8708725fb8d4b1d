import { vendors } from "../../model/vendors/index.ts";
import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { sentryRoot } from "./address.ts";
import { SentryApi } from "./api.ts";

const settings = new VendorSettings(vendors.sentry);
const clientOf = shared((place: { root: string; organization: string; token: string }) => new SentryApi(place));

/** Stores the stack's configuration for {@link connect}. */
export const configure = settings.configure;

/** The API of one organization, with the same address and token as the plugin of @pulumiverse/sentry. */
export const connect = (organization: string): SentryApi =>
  clientOf({ root: sentryRoot(settings.address()), organization, token: settings.secret() });
