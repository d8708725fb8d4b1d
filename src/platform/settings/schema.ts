import { z } from "zod";
import { environment } from "../../catalog/environment.ts";
import { httpAddress } from "../../model/address.ts";
import { defaultPosthog, isGivenUpHost, posthogCloud, regionOfHost } from "../../model/posthog/hosts.ts";
import { itIs, type SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";
import { sentryConfiguration } from "./sentry.ts";
import { plainWords } from "./structured.ts";

/** A stack's configuration, by Pulumi's own keys. Each entry explains how to set it. */
const configuration = {
  "posthog:host": {
    schema: httpAddress
      .refine((host) => !/\.i\.posthog\.com(:|\/|$)/.test(host), "is where events are sent to, not the app's address")
      .refine((host) => !isGivenUpHost(host), "is an address that PostHog has given up")
      .refine((host) => /^https?:\/\/[^/]*\/?$/.test(host), "has a path behind the host")
      .default(defaultPosthog.app),
    example: defaultPosthog.app,
    where: "the start of the address in your browser when you are logged in to PostHog",
  },
  "posthog:ingestHost": {
    schema: httpAddress
      .refine((host) => !isGivenUpHost(host), "is an address that PostHog has given up")
      .default(defaultPosthog.ingest),
    example: defaultPosthog.ingest,
    where: "where events are sent to; of the same region as posthog:host",
  },
  "posthog:projectKey": {
    schema: environment.POSTHOG_API_KEY.value,
    example: "phc_…",
    where: "in PostHog: Settings > Project > Project API key; it is public",
  },
  "posthog:projectId": {
    schema: z.coerce.number("is not a number").int("is not a whole number").positive("is not a project's number"),
    example: "<number>",
    where: "in PostHog: Settings > Project > Project ID",
  },
  /** Without it, alerts of PostHog are sent by e-mail and to webhooks only. */
  posthogSlackIntegrationId: {
    schema: z.coerce
      .number("is not the number of an integration")
      .int("is not the number of an integration")
      .positive("is not the number of an integration")
      .optional(),
    example: "<number>",
    where:
      "of Slack, connected in PostHog under Settings > Integrations: in the answer of <posthog:host>/api/projects/<posthog:projectId>/integrations/",
  },
  /** Whether `alerts/subscriptions.ts` is made, for which PostHog's plan must include subscriptions. Default false. */
  posthogSubscriptions: {
    schema: z
      .enum(["true", "false"], "is neither true nor false")
      .default("false")
      .transform((text) => text === "true"),
    example: "true",
    where: "true where PostHog's plan includes subscriptions: in PostHog, Settings > Billing",
  },
  /**
   * Whether the catalog's properties become schemas in PostHog, which older releases do not have for personal keys. Default
   * false.
   */
  posthogEventSchemas: {
    schema: z
      .enum(["true", "false"], "is neither true nor false")
      .default("false")
      .transform((text) => text === "true"),
    example: "true",
    where: "true where PostHog has property groups: in PostHog, Data management > Property groups",
  },
  ...sentryConfiguration,
  /** Stage of the apps' errors. Default: the stack's name. */
  environment: {
    schema: environment.SENTRY_ENVIRONMENT.value.optional(),
    example: "production",
    where: "1 to 64 characters without spaces and slashes",
  },
  /** Address of the browser app; absent: the address that Cloudflare gives the Pages project. */
  appUrl: {
    schema: httpAddress.optional(),
    example: "https://app.brandvx.io",
    where: "the address that people open",
  },
  /** Address of the backend's health check. */
  healthUrl: {
    schema: httpAddress.default("https://api.brandvx.io/health"),
    example: "https://api.brandvx.io/health",
    where: "the backend's own address, with /health",
  },
  /** Whether releases of the apps are marked on PostHog's charts. Default false. */
  markReleases: {
    schema: z
      .enum(["true", "false"], "is neither true nor false")
      .default("false")
      .transform((text) => text === "true"),
    example: "true",
    where: "true for a stack whose runs are told RELEASE",
  },
  /**
   * Whether resources that hold data or are built into apps can be deleted only after their protection is removed.
   * Default true.
   */
  protect: {
    schema: z
      .enum(["true", "false"], "is neither true nor false")
      .default("true")
      .transform((text) => text === "true"),
    example: "true",
    where: "false for a stack that may be thrown away",
  },
  sentryTracesSampleRate: {
    schema: environment.SENTRY_TRACES_SAMPLE_RATE.value.default("0.1"),
    example: "0.1",
    where: "share of requests that are traced",
  },
} as const;

type Key = keyof typeof configuration;
type Values = { [K in Key]: z.output<(typeof configuration)[K]["schema"]> };

/**
 * Reads every configuration value. Findings list each missing or invalid one; without findings, all values are present.
 */
export function readConfiguration({ config, stack }: SettingsReader): {
  value: Values | undefined;
  findings: SettingFinding[];
} {
  const values: Record<string, unknown> = {};
  const findings: SettingFinding[] = [];
  for (const [key, { schema, example, where }] of Object.entries(configuration)) {
    const given = config(key)?.replace(/\/+$/, "");
    const read = schema.safeParse(given, { error: plainWords });
    if (read.success) {
      values[key] = read.data;
      continue;
    }
    const problem =
      given === undefined
        ? `${key} is not set`
        : given === given.trim()
          ? `${key} ${read.error.issues[0]?.message} ${itIs(given)}`
          : `${key} has a space or a line break around it ${itIs(given)}`;
    findings.push({ problem, fix: `pulumi config set --stack ${stack} ${key} ${example}    (${where})` });
  }
  if (findings.length > 0) return { value: undefined, findings };
  const value = values as Values;
  const apart = regionsApart(value, stack);
  return apart === undefined ? { value, findings } : { value: undefined, findings: [apart] };
}

/** Events sent to another region than the project's are lost, although PostHog accepts them. */
function regionsApart(
  { "posthog:host": host, "posthog:ingestHost": ingestHost }: Values,
  stack: string,
): SettingFinding | undefined {
  const [app, ingest] = [regionOfHost(host), regionOfHost(ingestHost)];
  if (app === undefined || ingest === undefined || app === ingest) return undefined;
  return {
    problem: `posthog:host is of the region ${app}, posthog:ingestHost of ${ingest}: events would go where nobody looks`,
    fix: `pulumi config set --stack ${stack} posthog:ingestHost ${posthogCloud[app].ingest}`,
  };
}

/** Every key of the table. */
export const plainSettings: readonly string[] = Object.keys(configuration);
