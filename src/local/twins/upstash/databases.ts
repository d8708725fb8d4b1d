import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import * as z from "zod";
import { type Collection, refusal, type TwinEnv } from "../kit/index.ts";
import {
  databaseView,
  isRegion,
  newPassword,
  plausibleEndpoint,
  type RedisConnection,
  type StoredDatabase,
} from "./database.ts";
import { badRequest, readBody } from "./http.ts";

export interface DatabaseParts {
  app: Hono<TwinEnv>;
  databases: Collection<StoredDatabase>;
  /** The account's e-mail address, as databases contain it. */
  owner: string;
  connect(database: { id: string; name: string; password: string }): Promise<RedisConnection | null>;
}

const region = z.string().refine(isRegion, "unknown region");
const newDatabase = z.looseObject({
  database_name: z.string().min(1, "is required").max(40),
  region: z.string().nullish(),
  platform: z.enum(["aws", "gcp"]).nullish(),
  primary_region: region.nullish(),
  read_regions: z.array(region).nullish(),
  plan: z.string().nullish(),
  budget: z.int().min(0).nullish(),
  eviction: z.boolean().nullish(),
  auto_upgrade: z.boolean().nullish(),
  prod_pack_enabled: z.boolean().nullish(),
  multizone: z.boolean().nullish(),
  tls: z.boolean().nullish(),
});
const readRegions = z.object({ read_regions: z.array(region).nullish() });
const allowlist = z.object({ allowed_ips: z.array(z.string()).nullish() });
const budget = z.object({ budget: z.int().min(0) });
const newName = z.object({ name: z.string().min(1).max(40) });
const newPlan = z.looseObject({ plan_name: z.string().min(1) });

const done = "OK";

/**
 * The Redis part of the developer API: its OpenAPI, and `update-allowlist` and `?credentials=hide`, which clients use.
 */
export function databaseRoutes(parts: DatabaseParts): void {
  const { app, databases, owner } = parts;
  const view = (database: StoredDatabase) => databaseView(database, owner);
  const find = (c: Context<TwinEnv>) => {
    const database = databases.get(c.req.param("id") ?? "");
    if (database === null) throw refusal(404, "database not found");
    return database;
  };
  /** A POST that changes a database and answers "OK" or the database. */
  const change = (
    path: string,
    apply: (database: StoredDatabase, c: Context<TwinEnv>) => Promise<StoredDatabase> | StoredDatabase,
    answer: (database: StoredDatabase) => unknown = () => done,
  ) => app.post(path, async (c) => c.json(answer(databases.put(await apply(find(c), c)))));

  app.get("/v2/redis/databases", (c) =>
    c.json(databases.all().map((database) => databaseView(database, owner, { hideCredentials: true }))),
  );
  app.post("/v2/redis/database", async (c) => c.json(view(await create(parts, await readBody(c, newDatabase)))));
  app.get("/v2/redis/database/:id", (c) =>
    c.json(databaseView(find(c), owner, { hideCredentials: c.req.query("credentials") === "hide" })),
  );
  app.delete("/v2/redis/database/:id", (c) => {
    databases.delete(find(c).id);
    return c.json(done);
  });

  change("/v2/redis/update-regions/:id", async (database, c) => ({
    ...database,
    read_regions: (await readBody(c, readRegions)).read_regions ?? [],
  }));
  change("/v2/redis/update-allowlist/:id", async (database, c) => ({
    ...database,
    allowed_ip_ranges: (await readBody(c, allowlist)).allowed_ips ?? [],
  }));
  // TLS cannot be off, so switching it on changes nothing.
  change("/v2/redis/enable-tls/:id", (database) => database, view);
  for (const [verb, on] of [["enable", true] as const, ["disable", false] as const]) {
    change(`/v2/redis/${verb}-eviction/:id`, (database) => ({ ...database, eviction: on }));
    change(`/v2/redis/${verb}-prodpack/:id`, (database) => ({ ...database, prod_pack_enabled: on }));
    change(`/v2/redis/${verb}-autoupgrade/:id`, (database) => {
      if (database.auto_upgrade === on) throw badRequest(`auto upgrade is already ${verb}d`);
      return { ...database, auto_upgrade: on };
    });
    app.patch(`/v2/redis/${verb}-dailybackup/:id`, (c) => {
      databases.put({ ...find(c), daily_backup_enabled: on });
      return c.json(done);
    });
  }
  change(
    "/v2/redis/rename/:id",
    async (database, c) => ({ ...database, database_name: (await readBody(c, newName)).name }),
    view,
  );
  change("/v2/redis/:id/change-plan", async (database, c) => ({
    ...database,
    plan: planOf((await readBody(c, newPlan)).plan_name),
  }));
  change(
    "/v2/redis/reset-password/:id",
    (database) => reconnected(parts, { ...database, password: newPassword() }),
    view,
  );

  app.patch("/v2/redis/update-budget/:id", async (c) => {
    databases.put({ ...find(c), budget: (await readBody(c, budget)).budget });
    return c.json(done);
  });
  app.get("/v2/redis/stats/:id", (c) => {
    find(c);
    return c.json({
      daily_net_commands: 0,
      daily_read_requests: 0,
      daily_write_requests: 0,
      throughput: [],
      keyspace: [],
    });
  });
}

const planOf = (name: string): StoredDatabase["plan"] => (name === "free" ? "free" : name === "payg" ? "payg" : "paid");

async function create(parts: DatabaseParts, body: z.output<typeof newDatabase>): Promise<StoredDatabase> {
  if (body.region && body.region !== "global" && body.region !== "gcp-global")
    throw badRequest("regional db creation is deprecated");
  if (!body.primary_region) throw badRequest("primary_region is required for a global database");
  const database = await reconnected(parts, {
    id: randomUUID(),
    database_name: body.database_name,
    region: body.region ?? "global",
    primary_region: body.primary_region,
    read_regions: body.read_regions ?? [],
    plan: planOf(body.plan ?? "payg"),
    budget: body.budget ?? 20,
    eviction: body.eviction ?? false,
    auto_upgrade: body.auto_upgrade ?? false,
    prod_pack_enabled: body.prod_pack_enabled ?? false,
    daily_backup_enabled: false,
    allowed_ip_ranges: [],
    multizone: body.multizone ?? false,
    creation_time: Math.floor(Date.now() / 1000),
    endpoint: plausibleEndpoint(),
    port: 6379,
    password: newPassword(),
    rest_token: newPassword(),
    read_only_rest_token: newPassword(),
  });
  return parts.databases.put(database);
}

/** Starts the server of the database, if there is one, and stores its address and password. */
export async function reconnected({ connect }: DatabaseParts, database: StoredDatabase): Promise<StoredDatabase> {
  const connection = await connect({ id: database.id, name: database.database_name, password: database.password });
  if (connection === null) return database;
  const { endpoint, port, password = database.password } = connection;
  return { ...database, endpoint, port, password };
}
