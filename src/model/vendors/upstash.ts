import type { Vendor } from "./vendor.ts";

export const upstash = {
  name: "Upstash",
  hosts: ["api.upstash.com"],
  // The plugin has no setting for the address.
  address: { default: "https://api.upstash.com", variable: "UPSTASH_API_BASE_URL" },
  credentials: {
    email: {
      variable: "UPSTASH_EMAIL",
      configKey: "upstash:email",
      need: "the e-mail address of the account",
      isPublic: true,
      mistake: (value) => (value.includes("@") ? undefined : "is not an e-mail address"),
    },
    key: {
      variable: "UPSTASH_API_KEY",
      configKey: "upstash:apiKey",
      need: "a management API key: in Upstash, Account > Management API",
      mistake: (value) => (/^rediss?:/.test(value) ? "is the address of a database" : undefined),
    },
  },
  hasPlugin: true,
  marks: [],
  kinds: {
    "upstash:index/redisDatabase:RedisDatabase": {
      title: "Redis database",
      lost: "every cached value, counter, limit and breaker in it, and its address. They cannot be brought back; the backend works from its own memory meanwhile.",
      keptBy: "protect",
    },
  },
} as const satisfies Vendor;
