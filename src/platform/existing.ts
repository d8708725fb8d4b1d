import { requireDestination } from "@brandvx/resources/destinations";
import { notGiven } from "@brandvx/resources/not-given";
import { sentryRoot } from "@brandvx/resources/sentry";
import { Config, log, ResourceHook } from "@pulumi/pulumi";

/** What a vendor has under the name of a resource that is about to be made. */
export interface Existing {
  /** "the Sentry project backend" */
  what: string;
  /** Commands that take it over. */
  adopt: readonly string[];
}

type Look = () => Promise<Existing | undefined>;

/**
 * Looks at the vendor before a resource is made, in a preview, too, and refuses what exists there already: the plugins of Sentry
 * and Upstash would fail with a 409 half-way, or make a second database that costs money. It does not run for what is in the
 * state, nor for what is taken over.
 */
export const refuseExisting = (name: string, look: Look): { beforeCreate: ResourceHook[] } => ({
  beforeCreate: [new ResourceHook(`whether ${name} already exists`, () => refuse(look), { onDryRun: true })],
});

async function refuse(look: Look): Promise<void> {
  const found = await look();
  if (!found) return;
  const { what, adopt } = found;
  throw new Error(
    [`${what} already exists, so it is not made again. If it is not this stack's, take it over as it is:`, ...adopt]
      .join("\n    ")
      .concat("\n  Or name another one: see docs/settings.md."),
  );
}

const timeoutMs = 30_000;

interface Asked {
  vendor: "Sentry" | "Upstash";
  url: string;
  authorization: string;
}

/** The answer's JSON; undefined for 404, and where this run was not given the vendor's key. */
async function ask({ vendor, url, authorization }: Asked): Promise<unknown> {
  requireDestination(vendor, url);
  // A renamed project answers with a redirect: it is another one's name now, and never followed with a key.
  const answer = await fetch(url, {
    headers: { authorization, accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (answer.status === 404 || (answer.status >= 300 && answer.status < 400)) return undefined;
  if (!answer.ok) throw new Error(`whether it exists already cannot be seen: ${vendor} answered ${answer.status}`);
  return answer.json();
}

const from = (variables: readonly string[], namespace: string, key: string): string | undefined =>
  variables.map((name) => process.env[name]).find(Boolean) ?? new Config(namespace).get(key);

async function notAsked(vendor: string): Promise<undefined> {
  await log.warn(`whether it exists already was not looked at: this run was not given the key of ${vendor}`);
}

/** What Sentry has at `teams/<organization>/<slug>/` or `projects/<organization>/<slug>/`. */
export async function atSentry(baseUrl: string, path: string, found: Existing): Promise<Existing | undefined> {
  const token = from(["SENTRY_TOKEN", "SENTRY_AUTH_TOKEN"], "sentry", "token");
  if (token === undefined || token === notGiven) return notAsked("Sentry");
  const url = `${sentryRoot(baseUrl)}/api/0/${path}`;
  return (await ask({ vendor: "Sentry", url, authorization: `Bearer ${token}` })) === undefined ? undefined : found;
}

/** A database of this name at Upstash, which would make a second one of the same name. */
export async function atUpstash(databaseName: string): Promise<Existing | undefined> {
  const email = from(["UPSTASH_EMAIL"], "upstash", "email");
  const apiKey = from(["UPSTASH_API_KEY"], "upstash", "apiKey");
  if (!email || !apiKey || apiKey === notGiven) return notAsked("Upstash");
  const base = (process.env.UPSTASH_API_BASE_URL || "https://api.upstash.com").replace(/\/+$/, "");
  const authorization = `Basic ${Buffer.from(`${email}:${apiKey}`).toString("base64")}`;
  const answer = await ask({ vendor: "Upstash", url: `${base}/v2/redis/databases`, authorization });
  const databases = Array.isArray(answer) ? (answer as { database_id?: string; database_name?: string }[]) : [];
  const ids = databases.flatMap((one) => (one.database_name === databaseName ? (one.database_id ?? []) : []));
  if (ids.length === 0) return undefined;
  return {
    what: `the Redis database ${databaseName}`,
    adopt: ids.map((id) => `pulumi config set --path redis.existing ${id}`),
  };
}
