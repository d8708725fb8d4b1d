import { own } from "../../model/json.ts";

/** What a type of resource is called, and what is lost with one. */
export interface ResourceKind {
  readonly title: string;
  /** Undefined: nothing that a new one would not bring back. */
  readonly lost?: string;
  /**
   * Holds what cannot be brought back, or is built into apps, and how it is kept wherever data count: `protect` refuses to
   * delete it, `retainOnDelete` lets the resource go and leaves the thing itself at the vendor.
   */
  readonly keptBy?: "protect" | "retainOnDelete";
}

const kinds: Readonly<Record<string, ResourceKind>> = {
  "pulumi-nodejs:dynamic/posthog:Dashboard": {
    title: "dashboard",
    lost: "its address stops working for everybody who kept it, and its insights go with it. PostHog keeps a deleted dashboard: it can be restored there.",
  },
  "pulumi-nodejs:dynamic/posthog:InsightAlert": { title: "alert", lost: "nobody is told any more." },
  // PostHog keeps the marks of earlier releases.
  "pulumi-nodejs:dynamic/posthog:Annotation": { title: "mark of a release" },
  "pulumi-nodejs:dynamic/posthog:EventDefinitions": {
    title: "descriptions of events",
    lost: "PostHog's data-management page does not say any more what the events mean and who answers for them.",
  },
  "pulumi-nodejs:dynamic/posthog:Project": { title: "PostHog project" },
  "pulumi-nodejs:dynamic/sentry:Organization": { title: "Sentry organization" },
  "pulumi-nodejs:dynamic/sentry:Alert": { title: "alert", lost: "nobody is told any more." },
  "pulumi-nodejs:dynamic/sentry:Monitor": {
    title: "monitor",
    lost: "what it measured makes no issue any more, and the alerts that watch it fall silent.",
  },
  "pulumi-nodejs:dynamic/sentry:ProjectSettings": { title: "Sentry project's settings" },
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
  "upstash:index/redisDatabase:RedisDatabase": {
    title: "Redis database",
    lost: "every cached value, counter, limit and breaker in it, and its address. They cannot be brought back; the backend works from its own memory meanwhile.",
    keptBy: "protect",
  },
  "cloudflare:index/pagesProject:PagesProject": {
    title: "Pages project",
    lost: "the site, with all its deployments, domains and variables. They cannot be brought back.",
    keptBy: "protect",
  },
  "cloudflare:index/pagesDomain:PagesDomain": {
    title: "Pages domain",
    lost: "the site is not reached by it any more.",
  },
  "pulumi-nodejs:dynamic/cloudflare:PagesVariables": { title: "variables on Cloudflare Pages" },
  "pulumi-nodejs:dynamic/render:ServiceVariables": { title: "variables on Render" },
};

/** A type that this project does not know yet is called by the last part of its token. */
export const kindOf = (type: string): ResourceKind =>
  own(kinds, type) ?? { title: type.split(":").at(-1) ?? type, lost: "what it holds." };

/** Types that hold what cannot be brought back. */
export const isStateful = (type: string): boolean => own(kinds, type)?.keptBy !== undefined;
