// Read-only requests of the program to Sentry, before anything is written, also in a preview.
export { configure, connect } from "./settings.ts";
