import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { RenderApi } from "./api.ts";

/** Where Render's API is unless the configuration says otherwise. */
export const defaultHost = "https://api.render.com/v1";

const settings = new VendorSettings();
const client = shared((place: { host: string; key: string }) => new RenderApi(place));

export const configure = settings.configure;

export const connect = (): RenderApi =>
  client({
    host: settings.address("render:host", defaultHost),
    key: settings.secret({ vendor: "Render", variable: "RENDER_API_KEY", configKey: "render:apiKey" }),
  });
