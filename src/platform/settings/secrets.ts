// Not with the resources: they bring all of Pulumi, and `obs` asks for a list.
import { neededScopes } from "@brandvx/resources/posthog/scopes";
import type { SettingFinding } from "./findings.ts";
import type { Sources } from "./sources.ts";

interface SecretSource {
  /** Read first: a rotated key works at once, and a key in the environment is never in a stack's state. */
  variable: string;
  /** Other variables that the vendor's tools read. */
  alternatives?: string[];
  /** The encrypted configuration value that is read when the variable is not set. */
  configKey: string;
  /** What is needed and where it comes from. */
  need: string;
  /** What a wrong kind of key is called; undefined when the value looks right. Never repeats the value. */
  mistake: (value: string) => string | undefined;
}

const secrets: SecretSource[] = [
  {
    variable: "POSTHOG_PERSONAL_API_KEY",
    configKey: "posthog:personalApiKey",
    need: `a personal API key (phx_…) with the scopes ${neededScopes}`,
    mistake: (value) => {
      if (value.startsWith("phc_")) return "is a project key (phc_…), which can only send events";
      if (value.startsWith("phs_")) return "is a project's secret key (phs_…), which can only evaluate flags";
      return undefined;
    },
  },
  {
    variable: "SENTRY_TOKEN",
    alternatives: ["SENTRY_AUTH_TOKEN"],
    configKey: "sentry:token",
    need: "an auth token with the scopes org:read, member:read, team:admin, project:admin, alerts:write",
    mistake: (value) => (/^https?:/.test(value) ? "is a DSN, which can only send errors" : undefined),
  },
  {
    variable: "UPSTASH_EMAIL",
    configKey: "upstash:email",
    need: "the e-mail address of the account",
    mistake: (value) => (value.includes("@") ? undefined : "is not an e-mail address"),
  },
  {
    variable: "UPSTASH_API_KEY",
    configKey: "upstash:apiKey",
    need: "a management API key: in Upstash, Account > Management API",
    mistake: (value) => (/^rediss?:/.test(value) ? "is the address of a database" : undefined),
  },
  {
    variable: "CLOUDFLARE_API_TOKEN",
    configKey: "cloudflare:apiToken",
    need: "an API token with the permission Cloudflare Pages: Edit",
    mistake: () => undefined,
  },
  {
    variable: "RENDER_API_KEY",
    configKey: "render:apiKey",
    need: "an API key (rnd_…): in Render, Account Settings > API Keys",
    mistake: () => undefined,
  },
];

/**
 * Keys that stand in both places. Our own resources take the one of the environment; the vendors' own plugins, which Sentry,
 * Upstash and Cloudflare have, take the one of the configuration.
 */
export const doubleKeys = ({ env, hasSecret }: Sources): string[] =>
  secrets
    .filter(({ variable, alternatives = [], configKey }) => {
      const inEnvironment = [variable, ...alternatives].some((name) => env[name]);
      return inEnvironment && hasSecret(configKey) && /^(sentry|upstash|cloudflare):/.test(configKey);
    })
    .map(
      ({ variable, configKey }) =>
        `${variable} and ${configKey} are both set, and the vendor's plugin uses ${configKey}: if they differ, run pulumi config rm ${configKey}`,
    );

/** Findings for every secret that is missing, or that is visibly another kind of key. */
export function checkSecrets({ env, hasSecret, isPlain, stack }: Sources): SettingFinding[] {
  return secrets.flatMap(({ variable, alternatives = [], configKey, need, mistake }) => {
    if (configKey !== "upstash:email" && isPlain?.(configKey)) {
      const fix = `pulumi config set --stack ${stack} --secret ${configKey}    (with a new key: this one stands in files and states)`;
      return [{ problem: `${configKey} is stored in clear`, fix }];
    }
    const value = [variable, ...alternatives].map((name) => env[name]).find(Boolean);
    const fix = `export ${variable}=…    (${need}), or pulumi config set --stack ${stack} --secret ${configKey}`;
    if (value) {
      const wrong = mistake(value);
      return wrong ? [{ problem: `${variable} ${wrong}`, fix }] : [];
    }
    return hasSecret(configKey) ? [] : [{ problem: `${variable} is not set`, fix }];
  });
}
