import { secret } from "@pulumi/pulumi";

/** The values of all sources, as the program has them once all resources exist. */
export const sources = () => ({
  posthog: { projectKey: "phc_public", ingestHost: "https://us.i.posthog.com", flagsKey: "phs_marked_secret" },
  sentry: {
    browserDsn: "https://aaaa@o1.ingest.sentry.io/1",
    serverDsn: "https://bbbb@o1.ingest.sentry.io/2",
    tracesSampleRate: "0.1",
  },
  redis: { url: secret("rediss://default:marked-secret@redis.example:6379") },
  stage: "production",
});
