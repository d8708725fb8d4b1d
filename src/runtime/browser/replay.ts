/* A file of its own, so that a bundler makes a chunk of its own of it. */
export { replayIntegration } from "@sentry/browser";
