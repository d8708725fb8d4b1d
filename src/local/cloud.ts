import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { projectCalendar } from "../model/posthog/calendar.ts";
import { localAccount, localMembers, localReadingKeys } from "./account.ts";
import type { AddressKey } from "./addresses.ts";
import { atPortOrAnother } from "./port.ts";
import { lazyEvaluator } from "./query.ts";
import { type LocalRedis, localRedis } from "./redis/index.ts";
import { type CloudflareTwin, startCloudflareTwin } from "./twins/cloudflare/index.ts";
import type { Twin } from "./twins/kit/index.ts";
import { type PosthogTwin, startPosthogTwin } from "./twins/posthog/index.ts";
import { type RenderTwin, startRenderTwin } from "./twins/render/index.ts";
import { type SentryTwin, startSentryTwin } from "./twins/sentry/index.ts";
import { type SlackTwin, startSlackTwin } from "./twins/slack/index.ts";
import { startUpstashTwin } from "./twins/upstash/index.ts";

/** The vendors on this machine. */
export interface Cloud {
  posthog: PosthogTwin;
  sentry: SentryTwin;
  upstash: Twin;
  cloudflare: CloudflareTwin;
  render: RenderTwin;
  /** Where PostHog's alerts are posted. It is no vendor of the stack. */
  slack: SlackTwin;
  /** The servers behind Upstash's databases. */
  redis: LocalRedis;
  /** Answers a query as the local PostHog would, but without an HTTP request, so that nothing is logged and no fault applies. */
  answer(query: unknown): Promise<Record<string, unknown>>;
  /** All of them, in the order of the design: product, errors, state, apps. */
  twins: readonly Twin[];
  /** Their addresses, by a stack's configuration keys. */
  addresses: Record<AddressKey | "posthog:ingestHost", string>;
  stop(): Promise<void>;
}

export interface CloudOptions {
  /** Folder of the vendors' databases. */
  folder: string;
  /** The preferred port of a vendor; if it is taken, another one is used. 0: any. */
  portOf: (key: AddressKey) => number;
}

/** Folder of the local Redis' certificates, in the folder of the local cloud. */
export const redisFolder = (folder: string): string => join(folder, "redis");

/** How a new project counts days and weeks here, until somebody changes its settings. */
const newProject = {
  timezone: projectCalendar.timeZone,
  weekStart: projectCalendar.weekStart === "monday" ? 1 : 0,
} as const;

/** Starts the vendors with their stored data. */
export async function startCloud({ folder, portOf }: CloudOptions): Promise<Cloud> {
  const stores = join(folder, "vendors");
  mkdirSync(stores, { recursive: true });
  const at = <T>(key: AddressKey, start: (port: number) => Promise<T>): Promise<T> =>
    atPortOrAnother(portOf(key), start);
  const file = (vendor: string): string => join(stores, `${vendor}.sqlite`);
  const { posthog: project, sentry: organization, upstash: account, cloudflare: pages, render: service } = localAccount;

  const { evaluate, close } = lazyEvaluator();
  const redis = localRedis(redisFolder(folder));

  const slack = await startSlackTwin({ file: file("slack") });
  const [posthog, sentry, upstash, cloudflare, render] = await Promise.all([
    at("posthog:host", (port) =>
      startPosthogTwin({
        ...{ ...project, ...newProject, members: localMembers, port, file: file("posthog"), evaluate },
        slackUrl: slack.url,
        scopedKeys: [localReadingKeys.posthog],
      }),
    ),
    at("sentry:baseUrl", (port) =>
      startSentryTwin({
        ...{ ...organization, members: sentryMembers, port, file: file("sentry") },
        scopedTokens: [localReadingKeys.sentry],
      }),
    ),
    startUpstashTwin({ ...account, file: file("upstash"), redis: redis.connect }),
    at("cloudflare:baseUrl", (port) => startCloudflareTwin({ ...pages, port, file: file("cloudflare") })),
    at("render:host", (port) =>
      startRenderTwin({
        apiKey: service.apiKey,
        services: [{ id: service.serviceId, name: "backend" }],
        ...{ port, file: file("render") },
      }),
    ),
  ]);
  const addresses = {
    "posthog:host": posthog.url,
    "posthog:ingestHost": posthog.url,
    "sentry:baseUrl": sentry.url,
    "cloudflare:baseUrl": `${cloudflare.url}/client/v4`,
    "render:host": `${render.url}/v1`,
  };
  const twins = [posthog, sentry, upstash, cloudflare, render];
  return {
    ...{ posthog, sentry, upstash, cloudflare, render, slack, redis, twins, addresses },
    answer: async (query) => {
      const { timezone, week_start_day: weekStart } = posthog.settings();
      return evaluate({
        query: query as Record<string, unknown>,
        events: posthog.events,
        persons: () => posthog.events().map(({ distinctId, personId }) => [distinctId, personId] as const),
        now: new Date(),
        timezone,
        weekStart: weekStart ?? 0,
      });
    },
    stop: async () => {
      await Promise.all(twins.map((twin) => twin.stop()));
      await Promise.all([close(), redis.stop(), slack.stop()]);
    },
  };
}

const sentryMembers = localMembers.map(({ id, email, firstName }) => ({ id: String(id), email, name: firstName }));
