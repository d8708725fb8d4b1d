import { vendors } from "../../model/vendors/index.ts";
import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { RenderApi } from "./api.ts";

const settings = new VendorSettings(vendors.render);
const client = shared((place: { host: string; key: string }) => new RenderApi(place));

export const configure = settings.configure;

export const connect = (): RenderApi => client({ host: settings.address(), key: settings.secret() });
