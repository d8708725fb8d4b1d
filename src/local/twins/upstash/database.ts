import { randomBytes } from "node:crypto";

/** Regions of the developer API's OpenAPI (`primary_region`), by cloud. */
const regions = {
  aws: [
    ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "eu-central-1", "eu-west-1", "eu-west-2"],
    ...["sa-east-1", "ap-south-1", "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "af-south-1"],
  ],
  gcp: ["us-central1", "us-east4", "europe-west1", "asia-northeast1"],
} as const;

export const isRegion = (name: string): boolean => [...regions.aws, ...regions.gcp].some((region) => region === name);

/** Where a database can be reached. */
export interface RedisConnection {
  /** Host, without scheme. */
  endpoint: string;
  port: number;
  /** Default: one that the twin makes up. */
  password?: string;
  /** Whether this server itself speaks TLS. The API says `tls: true` whatever it is, as Upstash's does. */
  tls: boolean;
}

/** A database as it is kept: the API's own field names, `id` for the store. */
export interface StoredDatabase {
  id: string;
  database_name: string;
  region: string;
  primary_region: string;
  read_regions: string[];
  plan: "free" | "payg" | "pro" | "paid";
  budget: number;
  eviction: boolean;
  auto_upgrade: boolean;
  prod_pack_enabled: boolean;
  daily_backup_enabled: boolean;
  allowed_ip_ranges: string[];
  multizone: boolean;
  creation_time: number;
  endpoint: string;
  port: number;
  password: string;
  rest_token: string;
  read_only_rest_token: string;
}

export const newPassword = () => randomBytes(24).toString("hex");

const adjectives = ["brave", "calm", "eager", "gentle", "happy", "lucky", "quiet", "swift"];
const animals = ["badger", "falcon", "heron", "lynx", "otter", "panda", "stallion", "wombat"];

/** A host as Upstash gives them, for a database that no server stands behind. */
export function plausibleEndpoint(): string {
  const [first = 0, second = 0, number = 0] = randomBytes(3);
  return `${adjectives[first % adjectives.length]}-${animals[second % animals.length]}-${10_000 + number * 97}.upstash.io`;
}

const gibibyte = 1024 ** 3;

/** The API's answer. `hideCredentials` leaves the secrets out (`?credentials=hide`). */
export function databaseView(database: StoredDatabase, owner: string, { hideCredentials = false } = {}) {
  const { id, password, rest_token, read_only_rest_token, plan, ...settings } = database;
  const regionsOfAll = [database.primary_region, ...database.read_regions];
  return {
    database_id: id,
    ...settings,
    ...(hideCredentials ? {} : { password, rest_token, read_only_rest_token }),
    tls: true,
    consistent: false,
    state: "active" as const,
    user_email: owner,
    customer_id: owner,
    type: plan,
    database_type: plan === "free" ? "Free" : "Pay as You Go",
    primary_members: [database.primary_region],
    all_members: regionsOfAll,
    replicas: regionsOfAll.length,
    modifying_state: "",
    db_max_clients: plan === "free" ? 1000 : 10_000,
    db_max_request_size: 1024 ** 2,
    db_disk_threshold: plan === "free" ? gibibyte / 4 : 100 * gibibyte,
    db_max_entry_size: 100 * 1024 ** 2,
    db_memory_threshold: plan === "free" ? gibibyte / 4 : 3 * gibibyte,
    db_daily_bandwidth_limit: 50 * gibibyte,
    db_max_commands_per_second: plan === "free" ? 1000 : 10_000,
    db_request_limit: plan === "free" ? 500_000 : Number.MAX_SAFE_INTEGER,
    db_resource_size: "L",
    db_type: "pebble",
    db_conn_idle_timeout: 21_600_000_000_000,
    db_lua_timeout: 250_000_000,
    db_lua_credits_per_min: 10_000_000_000,
    db_store_max_idle: 900_000_000_000,
    db_max_loads_per_sec: 1_000_000,
    db_acl_enabled: "false",
    db_acl_default_user_status: "true",
    db_eviction: database.eviction,
    last_plan_upgrade_time: 0,
    securityAddons: {
      ipWhitelisting: database.allowed_ip_ranges.length > 0,
      vpcPeering: false,
      privateLink: false,
      tlsMutualAuth: false,
      encryptionAtRest: false,
    },
    prometheus_enabled: "false",
  };
}
