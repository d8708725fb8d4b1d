import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import type { Credential } from "../../model/vendors/vendor.ts";
import { destinationFindings } from "../../platform/settings/destinations.ts";
import type { SettingFinding } from "../../platform/settings/findings.ts";
import { type PagesSettings, readPages } from "../../platform/settings/pages.ts";
import type { SettingsReader } from "../../platform/settings/reader.ts";
import { type RenderSettings, readRender } from "../../platform/settings/render.ts";
import { readConfiguration } from "../../platform/settings/schema.ts";
import { checkSecrets } from "../../platform/settings/secrets.ts";
import { readExistingAtSentry, type SentrySettings, sentrySettings } from "../../platform/settings/sentry.ts";
import { ownKeys, unknownSettings } from "../../platform/settings/unknown.ts";
import { notGiven } from "../../resources/kernel/not-given.ts";
import { sentryRoot } from "../../resources/sentry/address.ts";
import { Failure } from "../command/failure.ts";
import { pulumiMessage, type Stack } from "../stack/stack.ts";

/** Keys by vendor. Undefined: neither the environment nor the configuration has one. */
export interface Keys {
  readonly posthog: string | undefined;
  readonly sentry: string | undefined;
  readonly cloudflare: string | undefined;
  readonly render: string | undefined;
}

/** Addresses of a stack's vendors and apps, and the keys for them. */
export interface Access {
  readonly stack: string;
  /** Stage that the apps mark their errors with. */
  readonly stage: string;
  readonly posthog: {
    readonly host: string;
    readonly ingestHost: string;
    readonly projectId: number;
    readonly projectKey: string;
  };
  readonly sentry: SentrySettings;
  readonly tracesSampleRate: string;
  /** Address of the browser app. Undefined: Cloudflare knows it. */
  readonly appUrl: string | undefined;
  readonly healthUrl: string;
  readonly pages: PagesSettings & { readonly apiUrl: string };
  readonly render: RenderSettings & { readonly apiUrl: string };
  readonly keys: Keys;
  /** Problems with the keys: missing, or visibly of the wrong kind. */
  readonly keyFindings: readonly SettingFinding[];
}

const configValues = z.record(z.string(), z.object({ value: z.string().optional(), secret: z.boolean() }));

/**
 * Where a stack's settings are read from: its configuration, and what a command sees of the environment.
 * @throws Failure when Pulumi cannot read the configuration
 */
export async function readSettingsReader(stack: Stack): Promise<SettingsReader> {
  const { exitCode, stdout, stderr } = await stack.run("config", "--json");
  if (exitCode !== 0) throw new Failure(`the stack's configuration cannot be read: ${pulumiMessage(stderr)}`);
  const values = configValues.parse(JSON.parse(stdout));
  const full = (key: string): string => (key.includes(":") ? key : `${stack.project.name}:${key}`);
  return {
    stack: stack.name,
    env: stack.env,
    config: (key) => values[full(key)]?.value,
    hasSecret: (key) => values[full(key)]?.secret === true,
    keys: () => ownKeys(Object.keys(values), stack.project.name),
  };
}

/**
 * Reads a stack's settings, and its keys from the environment first.
 * @throws Failure that lists every wrong setting, each with its fix
 */
export const readAccess = async (stack: Stack): Promise<Access> => accessFrom(stack, await readSettingsReader(stack));

/**
 * The same for settings that are not stored in the stack yet.
 * @throws Failure with everything that is wrong in the settings, each with what mends it
 */
export async function accessFrom(stack: Stack, sources: SettingsReader): Promise<Access> {
  const [configuration, pages, render] = [readConfiguration(sources), readPages(sources), readRender(sources)];
  const existing = readExistingAtSentry(sources);
  const findings = [
    ...[configuration, existing, pages, render].flatMap((part) => part.findings),
    ...destinationFindings(sources),
    ...unknownSettings(sources),
  ];
  const { value } = configuration;
  if (findings.length > 0 || !value || !existing.value || !pages.value || !render.value) {
    throw new Failure(`the settings of ${stack.name} are not valid`, {
      fix: findings.map(({ problem, fix }) => `${problem}    ${fix}`).join("\n  "),
    });
  }
  const sentry = sentrySettings(value);
  return {
    stack: stack.name,
    stage: value.environment ?? stack.stage,
    posthog: {
      host: value["posthog:host"],
      ingestHost: value["posthog:ingestHost"],
      projectId: value["posthog:projectId"],
      projectKey: value["posthog:projectKey"],
    },
    sentry: { ...sentry, baseUrl: sentryRoot(sentry.baseUrl), existing: existing.value },
    tracesSampleRate: value.sentryTracesSampleRate,
    appUrl: value.appUrl,
    healthUrl: value.healthUrl,
    pages: { ...pages.value, apiUrl: addressAt(sources, vendors.cloudflare.address) },
    render: { ...render.value, apiUrl: addressAt(sources, vendors.render.address) },
    keys: await readKeys(stack, sources),
    keyFindings: checkSecrets(sources),
  };
}

const addressAt = (
  { config }: SettingsReader,
  { configKey, default: own }: { configKey: string; default: string },
): string => (config(configKey) || own).replace(/\/+$/, "");

/** From the environment first, then from the configuration. Undefined: neither has it, or this run may not use it. */
export async function readKey(
  stack: Stack,
  sources: SettingsReader,
  { variable, alternatives = [], configKey }: Credential,
): Promise<string | undefined> {
  const value = [variable, ...alternatives].map((name) => sources.env[name]).find(Boolean);
  if (value === notGiven) return undefined;
  if (value || !sources.hasSecret(configKey)) return value || undefined;
  const { exitCode, stdout } = await stack.run("config", "get", configKey);
  return exitCode === 0 ? stdout.trim() : undefined;
}

export async function readKeys(stack: Stack, sources: SettingsReader): Promise<Keys> {
  const read = (vendor: keyof Keys) => readKey(stack, sources, vendors[vendor].credentials.key);
  const [posthog, sentry, cloudflare, render] = await Promise.all([
    read("posthog"),
    read("sentry"),
    read("cloudflare"),
    read("render"),
  ]);
  return { posthog, sentry, cloudflare, render };
}

/**
 * The key, for work that cannot be done without it.
 * @throws Failure that says how to set it
 */
export function requireKey({ keys, stack }: Pick<Access, "keys" | "stack">, vendor: keyof Keys): string {
  const key = keys[vendor];
  if (key) return key;
  const { name, credentials } = vendors[vendor];
  const { variable, configKey } = credentials.key;
  throw new Failure(`there is no key for ${name}`, {
    fix: `export ${variable}=…, or pulumi config set --stack ${stack} --secret ${configKey}`,
  });
}
