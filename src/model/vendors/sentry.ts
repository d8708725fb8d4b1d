import type { Vendor } from "./vendor.ts";

/** What this stack needs a token for, and the scopes each of which is enough to make things; the first is enough to delete them, too (docs.sentry.io/api/permissions). */
export const tokenNeeds: readonly { readonly purpose: string; readonly anyOf: readonly string[] }[] = [
  { purpose: "read the organization", anyOf: ["org:read", "org:write", "org:admin"] },
  { purpose: "find the people who are told", anyOf: ["member:read", "member:write", "member:admin"] },
  { purpose: "make the team, and delete it", anyOf: ["team:admin", "team:write", "org:write", "org:admin"] },
  { purpose: "make projects and keys, and remove the automatic key", anyOf: ["project:admin"] },
  { purpose: "make monitors and alerts", anyOf: ["alerts:write", "org:write", "org:admin"] },
];

/** What a token should have, as a person ticks it in Sentry. */
export const neededScopes = tokenNeeds.map(({ anyOf }) => anyOf[0]).join(", ");

/** What a token should have that only reads: for previews, plans and looks for drift. */
export const readingScopes = neededScopes.replaceAll(/:(write|admin)/g, ":read");

/** What commands need that are no `up`. */
export const commandScopes = {
  /** Beside {@link neededScopes}: to resolve the issue of the error that it has sent. */
  verify: "event:write",
  /** Beside {@link neededScopes}: to see when the last error arrived. `event:write` includes it. */
  doctor: "event:read",
  /** All of a token that marks releases alone; {@link neededScopes} include them. With `org:ci` the lock's file stays in the release. */
  release: "org:read, project:releases",
} as const;

export const sentry = {
  name: "Sentry",
  hosts: ["sentry.io", ".sentry.io"],
  address: { default: "https://sentry.io", configKey: "sentry:baseUrl", variable: "SENTRY_BASE_URL" },
  credentials: {
    key: {
      variable: "SENTRY_TOKEN",
      alternatives: ["SENTRY_AUTH_TOKEN"],
      configKey: "sentry:token",
      need: `an auth token with the scopes ${neededScopes}`,
      mistake: (value) => (/^https?:/.test(value) ? "is a DSN, which can only send errors" : undefined),
    },
  },
  hasPlugin: true,
  marks: [[/\bsntry[su]_[\w+/=.-]{8,}/g, "a Sentry token"]],
  kinds: {
    "pulumi-nodejs:dynamic/sentry:Organization": { title: "Sentry organization" },
    "pulumi-nodejs:dynamic/sentry:Alert": { title: "alert", lost: "nobody is told any more." },
    "pulumi-nodejs:dynamic/sentry:Monitor": {
      title: "monitor",
      lost: "what it measured makes no issue any more, and the alerts that watch it fall silent.",
    },
    "pulumi-nodejs:dynamic/sentry:ProjectSettings": { title: "Sentry project's settings" },
    "pulumi-nodejs:dynamic/sentry:UptimeMonitor": {
      title: "uptime monitor",
      lost: "nobody asks the address any more, and the alerts that watch it fall silent.",
    },
    "pulumi-nodejs:dynamic/sentry:CronMonitor": {
      title: "cron monitor",
      lost: "nobody waits for the job any more, and the history of its runs.",
    },
    "pulumi-nodejs:dynamic/sentry:Environment": { title: "Sentry environment" },
    "pulumi-nodejs:dynamic/sentry:Ownership": {
      title: "Sentry ownership rules",
      lost: "its rules; issues that come go to nobody, until rules of people's own match.",
    },
    "sentry:index/sentryTeam:SentryTeam": {
      title: "Sentry team",
      lost: "its members lose what they see through it, and its issues lose whom they were assigned to.",
    },
    "sentry:index/sentryProject:SentryProject": {
      title: "Sentry project",
      lost: "all its issues, events and replays. They cannot be brought back.",
      keptBy: "protect",
    },
    "sentry:index/sentryKey:SentryKey": {
      title: "Sentry key",
      lost: "every app that still carries its DSN reports nothing any more, until it is built and deployed with the new one.",
      // A new generation of keys takes the place of the old one, which apps that run still carry.
      keptBy: "retainOnDelete",
    },
  },
} as const satisfies Vendor;
