// What the program asks Sentry itself, before anything is written, in a preview, too.
export { configure, connect } from "./settings.ts";
