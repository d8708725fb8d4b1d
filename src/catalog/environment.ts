import * as z from "zod";
import { defaultPosthog } from "../model/posthog/hosts.ts";
import { type App, variables } from "./variable.ts";

/*
 * Every environment variable of the apps, its place and the source of its value. The variables on Pages and Render,
 * `.env.example`, docs/environment.md and the apps' own check at start are all generated from this table.
 */

const projectKey = z
  .string()
  .regex(/^phc_\w+$/, "must be a project key (phc_…): a personal key (phx_…) must not leave BrandVX");
/** A host as addresses have it, with a port of at most 65535. */
const host =
  /(?:\[[\da-fA-F:.]+\]|[^\s\\/?#@:[\]<>^|%]+)(?::(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?/
    .source;
// Capitals are spelt out: with the flag "i", languages differ in what else is the same letter.
const http = /[hH][tT][tT][pP][sS]?:\/\//.source;
const flagsKey = z
  .string()
  .regex(/^phs_\w+$/, "must be a key for feature flags (phs_…): a personal key (phx_…) must not leave BrandVX");
const address = z.string().regex(new RegExp(`^${http}${host}$`), "must be an http(s) address without user and path");
const dsn = z
  .string()
  .regex(
    new RegExp(`^${http}\\w+@${host}(?:\\/[^\\s/?#]+)*\\/\\d+$`),
    "must be a DSN (https://<key>@<host>/<project>)",
  );
/** Sentry: no spaces, slashes or line breaks, 64 characters at most, and not "None". */
const environmentName = z
  .string()
  .regex(/^(?!none$)[^\s/]{1,64}$/i, 'must be 1 to 64 characters without spaces and slashes, and not "None"');
const share = z.string().regex(/^(0(\.\d+)?|1(\.0+)?)$/, "must be a share between 0 and 1, such as 0.1");
const redisAddress = z.string().regex(
  new RegExp(
    // A database in the query is a whole number: ioredis makes NaN of all else.
    `^(?!\\S*[?&]db(?:=(?!\\d+(?:&|$))|&|$))[rR][eE][dD][iI][sS][sS]?:\\/\\/(?:[^\\s/?#]+@)?${host}(?:\\/\\d*)?(?:\\?[^\\s#]*)?$`,
  ),
  "must be a Redis address (rediss://…)",
);

const ingestExample = defaultPosthog.ingest;

export const environment = variables({
  VITE_POSTHOG_KEY: {
    app: "browser",
    visibility: "public",
    valueFrom: "posthog.projectKey",
    value: projectKey,
    meaning: "Project key that events are sent with. Without it the app measures nothing.",
    example: "phc_0123456789abcdefghijklmnopqrstuvwxyzABCDEF",
    local: "",
  },
  VITE_POSTHOG_HOST: {
    app: "browser",
    visibility: "public",
    valueFrom: "posthog.ingestHost",
    value: address,
    meaning: "Where events are sent to. Must be of the region that the key is of.",
    example: ingestExample,
    local: ingestExample,
  },
  VITE_SENTRY_DSN: {
    app: "browser",
    visibility: "public",
    valueFrom: "sentry.browserDsn",
    value: dsn,
    meaning: "Where errors, traces and replays are sent to. Without it the app reports none.",
    example: "https://0123456789abcdef0123456789abcdef@o1.ingest.us.sentry.io/4500000000000001",
    local: "",
  },
  VITE_SENTRY_ENVIRONMENT: {
    app: "browser",
    visibility: "public",
    valueFrom: "stage",
    value: environmentName,
    meaning: "Stage that errors are marked with. Alerts watch `production` alone.",
    example: "production",
    local: "local",
  },
  // The capture key is public: the browser's bundle contains it, too.
  POSTHOG_API_KEY: {
    app: "server",
    visibility: "public",
    valueFrom: "posthog.projectKey",
    value: projectKey,
    meaning:
      "Project key that events are captured with; not the personal key that this stack is managed with. Without it the backend measures nothing.",
    example: "phc_0123456789abcdefghijklmnopqrstuvwxyzABCDEF",
    local: "",
  },
  POSTHOG_HOST: {
    app: "server",
    visibility: "public",
    valueFrom: "posthog.ingestHost",
    value: address,
    meaning: "Where events are sent to. Must be of the region that the key is of.",
    example: ingestExample,
    local: ingestExample,
  },
  POSTHOG_FLAGS_KEY: {
    app: "server",
    visibility: "secret",
    valueFrom: "posthog.flagsKey",
    value: flagsKey,
    meaning:
      "Project's secret key, with which the backend evaluates feature flags itself. Without it PostHog is asked for each value.",
    example: "phs_0123456789abcdefghijklmnopqrstuvwxyzABCDEF",
    local: "",
  },
  SENTRY_DSN: {
    app: "server",
    visibility: "secret",
    valueFrom: "sentry.serverDsn",
    value: dsn,
    meaning: "Where errors and traces are sent to. Without it Sentry is not loaded at all.",
    example: "https://fedcba9876543210fedcba9876543210@o1.ingest.us.sentry.io/4500000000000002",
    local: "",
  },
  SENTRY_ENVIRONMENT: {
    app: "server",
    visibility: "public",
    valueFrom: "stage",
    value: environmentName,
    meaning: "Stage that errors are marked with. Alerts watch `production` alone.",
    example: "production",
    local: "local",
  },
  SENTRY_TRACES_SAMPLE_RATE: {
    app: "server",
    visibility: "public",
    valueFrom: "sentry.tracesSampleRate",
    value: share,
    meaning: "Share of requests that are traced, from 0 to 1. Raise it for a while to look at performance.",
    example: "0.1",
    local: "0.1",
  },
  REDIS_URL: {
    app: "server",
    visibility: "secret",
    valueFrom: "redis.url",
    value: redisAddress,
    meaning:
      "Redis with its password, over TLS. Without it caches, limits and breakers live in each process' own memory.",
    example: "rediss://default:password@example-12345.upstash.io:6379",
    local: "",
  },
});

export type VariableName = keyof typeof environment;

/** Names of the variables of one app: `VariableNameOf<"browser">`. */
export type VariableNameOf<Of extends App> = {
  [Name in VariableName]: (typeof environment)[Name]["app"] extends Of ? Name : never;
}[VariableName];

/** Sources that one app's variables come from. */
export type ValueOriginNameOf<Of extends App> = (typeof environment)[VariableNameOf<Of>]["valueFrom"];

/** Names of the variables of one app, in the order of the table. */
export const variableNamesOf = <Of extends App>(app: Of): VariableNameOf<Of>[] =>
  (Object.keys(environment) as VariableName[]).filter(
    (name): name is VariableNameOf<Of> => environment[name].app === app,
  );
