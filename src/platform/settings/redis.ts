import { z } from "zod";
import type { SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";
import { type Hint, readStructured } from "./structured.ts";

/** Upstash's regions on AWS, where a database of region "global" lives (upstash.com/docs/devops/developer-api). */
const regions = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "sa-east-1",
  "ap-south-1",
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "af-south-1",
] as const;

/** Whether this is a valid region of a database. */
export const isRegion = (name: string): boolean => regions.some((region) => region === name);

const schema = z.strictObject({
  // Upstash documents no maximum; this is the largest value that its API was observed to accept.
  databaseName: z.string().trim().min(1, "is empty").max(40, "has more than 40 characters").default("brandvx"),
  /** Id of an existing database: it is adopted unchanged, and never changed or deleted by this program. */
  existing: z
    .string()
    .regex(/^[\w-]{8,64}$/, "is not a database's id")
    .optional(),
  primaryRegion: z.enum(regions, "is not a region of Upstash"),
  readRegions: z.array(z.enum(regions, "is not a region of Upstash")).optional(),
  /**
   * US dollars a month at which the database is throttled, or "free" for a database on the free plan, which has no
   * budget.
   */
  budget: z.union([z.literal("free"), z.int().min(1)], 'is neither a number of dollars nor "free"'),
  /** Whether old keys are evicted when the database is full. Default true: its data can be recomputed. */
  eviction: z.boolean("is neither true nor false").default(true),
});

/** The database for caches, limits and breakers. */
export type RedisSettings = z.infer<typeof schema>;

const hints: Record<keyof RedisSettings, Hint> = {
  databaseName: { example: "brandvx", where: "a name; another one would be another database" },
  existing: { example: "<id>", where: "in the address of the database in Upstash's console" },
  primaryRegion: { example: "us-east-1", where: "the region next to the backend's; it cannot be changed later" },
  readRegions: { example: "eu-west-1", where: "regions with a copy to read from" },
  budget: { example: "20", where: 'US dollars a month, or "free" on the free plan' },
  eviction: { example: "true", where: "whether old keys make room for new ones" },
};

/** Reads `redis` of the stack's configuration. */
export const readRedis = (sources: SettingsReader): { value: RedisSettings | undefined; findings: SettingFinding[] } =>
  readStructured(sources, "redis", schema, hints);
