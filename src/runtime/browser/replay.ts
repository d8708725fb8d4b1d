/* A separate file, so that bundlers make a separate chunk of it. */
export { replayIntegration } from "@sentry/browser";
