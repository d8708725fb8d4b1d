import { object } from "../../insights/define/check/json.ts";
import { vendors } from "../../model/vendors/index.ts";
import type { Setting } from "../../platform/settings/commands.ts";
import type { SettingsReader } from "../../platform/settings/reader.ts";
import { isRegion } from "../../platform/settings/redis.ts";
import { parsed } from "../../platform/settings/structured.ts";
import type { LiveDatabase, UpstashApi } from "../../resources/upstash/api.ts";
import { readSettingsReader } from "../access/access.ts";
import { readState } from "../access/state.ts";
import { upstashOf } from "../access/upstash.ts";
import { Failure } from "../command/failure.ts";
import type { Surroundings } from "../command/surroundings.ts";
import type { Resource } from "../plan/plan.ts";
import type { Stack } from "../stack/stack.ts";
import { type ExistingObject, type ExistingObjects, type TakeOverReport, takeOver } from "./take-over.ts";

/** The default of src/platform/settings/redis.ts. */
const defaultName = "brandvx";

/**
 * Takes over a Redis database that exists at Upstash.
 * @param target its id or its name; undefined: the name in the stack's configuration
 * @throws Failure when that cannot be done; nothing is changed then
 */
export async function importRedis(
  target: string | undefined,
  stack: Stack,
  dryRun: boolean,
  { progress }: Pick<Surroundings, "progress">,
): Promise<TakeOverReport> {
  const sources = await readSettingsReader(stack);
  progress("Looking at the Redis databases of the account …");
  const looked = await lookAtRedis(target, { stack, sources, state: await readState(stack) });
  return takeOver(stack, { vendor: vendors.upstash.name, dryRun, ...looked });
}

/**
 * Looks up the configured database at Upstash, and makes the settings that take it over.
 * @throws Failure when the named database does not exist or cannot be used
 */
export async function lookAtRedis(
  target: string | undefined,
  { stack, sources, state }: { stack: Stack; sources: SettingsReader; state: readonly Resource[] },
): Promise<ExistingObjects> {
  const configured = object(parsed(sources.config("redis")));
  const api = await apiOf(stack, sources);
  const all = await api.databases();
  const wanted = target ?? String(configured.existing ?? configured.databaseName ?? defaultName);
  const meant = all.filter(({ id, name }) => id === wanted || name === wanted);
  const others = all
    .filter((one) => !meant.includes(one))
    .map(({ id, name }) => `the database ${name}: npx obs import redis ${id} --stack ${stack.name}`);
  const own = state.find(({ type }) => type === "upstash:index/redisDatabase:RedisDatabase");
  if (meant.length > 1) throw several(wanted, meant, own, stack);
  const [database] = meant;
  if (!database) {
    if (target !== undefined || configured.existing !== undefined)
      throw new Failure(`there is no Redis database "${wanted}" at Upstash`, {
        fix: all.length === 0 ? "there is none at all in this account" : `there are: ${all.map(nameAndId).join(", ")}`,
      });
    const found: ExistingObject = { kind: "database", what: `the database ${wanted}`, standing: "absent", remarks: [] };
    return { found: [found], settings: [], others };
  }
  if (own?.id !== undefined && own.id !== database.id) {
    throw new Failure(`the stack has another Redis database already (${own.id})`, {
      fix: `to give that one up, remove it from the state first: pulumi state delete '${own.urn}' --force --target-dependents`,
    });
  }
  if (!database.tls) {
    throw new Failure(`the Redis database ${database.name} has no TLS, without which nothing here works`, {
      fix: "switch TLS on in Upstash's console (Details > TLS), and run the same command again",
    });
  }
  const standing = configured.existing === database.id ? "said" : own ? "managed" : "exists";
  const remarks = standing === "exists" ? ["its region, budget and eviction stay as they are"] : [];
  const found: ExistingObject = {
    ...{ kind: "database", what: `the database ${database.name}`, id: database.id },
    ...{ standing, remarks },
  };
  const settings = standing === "exists" ? settingsFor(database, configured) : [];
  return { found: [found], settings, others };
}

const nameAndId = ({ id, name }: LiveDatabase): string => `${name} (${id})`;

const several = (name: string, meant: readonly LiveDatabase[], own: Resource | undefined, stack: Stack): Failure =>
  new Failure(`${meant.length} Redis databases at Upstash are called ${name}`, {
    fix: [
      ...meant.map(({ id }) => `npx obs import redis ${id} --stack ${stack.name}`),
      ...(own?.id === undefined ? [] : [`(this stack's own is ${own.id})`]),
    ].join("\n  "),
  });

/** Settings that are required but have no effect on an adopted database are set to its present values. */
function settingsFor(
  { id, name, primaryRegion, budget }: LiveDatabase,
  configured: Readonly<Record<string, unknown>>,
): Setting[] {
  const isNamed = (configured.databaseName ?? defaultName) === name;
  return [
    { path: "redis.existing", value: id },
    ...(isNamed ? [] : [{ path: "redis.databaseName", value: name }]),
    ...(configured.primaryRegion === undefined && primaryRegion !== undefined && isRegion(primaryRegion)
      ? [{ path: "redis.primaryRegion", value: primaryRegion }]
      : []),
    ...(configured.budget === undefined ? [{ path: "redis.budget", value: String(budget ?? "free") }] : []),
  ];
}

async function apiOf(stack: Stack, sources: SettingsReader): Promise<UpstashApi> {
  const api = await upstashOf(stack, sources);
  if (api) return api;
  throw new Failure("there is no key for Upstash, so it is not known what exists there", {
    fix: "export UPSTASH_EMAIL=… UPSTASH_API_KEY=…    (in Upstash, Account > Management API)",
  });
}
