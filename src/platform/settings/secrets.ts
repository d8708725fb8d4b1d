// Not with the resources: they bring all of Pulumi, and `obs` asks for a list.
import { notGiven } from "@brandvx/resources/not-given";
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
 * Two keys of one vendor, of which nobody can say which is used: our own resources take the environment's first, the vendors'
 * own plugins, which Sentry, Upstash and Cloudflare have, the configuration's, and Sentry's another variable before ours.
 */
function rivals({ env, hasSecret, stack }: Sources): SettingFinding[] {
  const inBoth = secrets
    .filter(({ configKey }) => /^(sentry|upstash|cloudflare):/.test(configKey) && hasSecret(configKey))
    .flatMap(({ variable, alternatives = [], configKey }) => {
      const name = [variable, ...alternatives].find((one) => env[one]);
      if (name === undefined) return [];
      const problem = `${name} and ${configKey} are both set: the vendor's plugin would use ${configKey}, the rest ${name}`;
      return [{ problem, fix: `pulumi config rm --stack ${stack} ${configKey}, or unset ${name}` }];
    });
  const differing = secrets.flatMap(({ variable, alternatives = [] }) =>
    alternatives.flatMap((other) => {
      if (!env[variable] || !env[other] || env[variable] === env[other]) return [];
      const problem = `${variable} and ${other} are both set, and differ: the vendor's plugin would use ${other}, the rest ${variable}`;
      return [{ problem, fix: `unset ${other}` }];
    }),
  );
  const others = otherCloudflareKeys.flatMap(({ variable, configKey }) => {
    const name = env[variable] ? variable : hasSecret(configKey) ? configKey : undefined;
    if (name === undefined) return [];
    const problem = `${name} is set beside the API token: Cloudflare's plugin sends both`;
    return [
      { problem, fix: name === variable ? `unset ${variable}` : `pulumi config rm --stack ${stack} ${configKey}` },
    ];
  });
  return [...inBoth, ...differing, ...others];
}

/** Other ways in, which Cloudflare's plugin takes beside the token (terraform-provider-cloudflare: internal/provider.go). */
const otherCloudflareKeys = [
  { variable: "CLOUDFLARE_API_KEY", configKey: "cloudflare:apiKey" },
  { variable: "CLOUDFLARE_API_USER_SERVICE_KEY", configKey: "cloudflare:apiUserServiceKey" },
] as const;

/** Findings for every secret that is missing, that is visibly another kind of key, or that stands beside another one. */
export const checkSecrets = (sources: Sources): SettingFinding[] => [...single(sources), ...rivals(sources)];

/** A token is one word: what was pasted with it is sent with it, and refused. */
function badlyPasted(value: string): string | undefined {
  if (/^\s|\s$/.test(value)) return "has a space or a line break around it";
  if (/^(["'`]).*\1$/s.test(value)) return "has quotes around it";
  return /[\s\u200b-\u200d\ufeff]/.test(value) ? "has a space or a line break in it" : undefined;
}

/** Keys of the configuration that hold a secret. */
export const secretSettings: readonly string[] = [
  ...secrets.map(({ configKey }) => configKey),
  "cloudflare:apiKey",
  "cloudflare:apiUserServiceKey",
];

function single({ env, hasSecret, isPlain, stack }: Sources): SettingFinding[] {
  return secrets.flatMap(({ variable, alternatives = [], configKey, need, mistake }) => {
    if (configKey !== "upstash:email" && isPlain?.(configKey)) {
      const fix = `pulumi config set --stack ${stack} --secret ${configKey}    (with a new key: this one stands in files and states)`;
      return [{ problem: `${configKey} is stored in clear`, fix }];
    }
    const value = [variable, ...alternatives].map((name) => env[name]).find(Boolean);
    const fix = `export ${variable}=…    (${need}), or pulumi config set --stack ${stack} --secret ${configKey}`;
    if (value === notGiven) return [];
    if (value) {
      const wrong = badlyPasted(value) ?? mistake(value);
      return wrong ? [{ problem: `${variable} ${wrong}`, fix }] : [];
    }
    return hasSecret(configKey) ? [] : [{ problem: `${variable} is not set`, fix }];
  });
}
