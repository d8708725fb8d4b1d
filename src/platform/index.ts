export { Product } from "./product.ts";
export { readSettings } from "./settings/index.ts";
