export { BrowserVariables } from "./pages.ts";
export { Product } from "./product.ts";
export { StateStore } from "./redis.ts";
export { ServerVariables } from "./render.ts";
export { ProductErrors } from "./sentry/index.ts";
export { readSettings } from "./settings/index.ts";
