/**
 * BrandVX's accounts at the vendors that `npm start` runs on this machine. The keys work only there. They have the form of real
 * ones, because clients check it.
 */
export const localAccount = {
  posthog: {
    projectId: 1,
    personalApiKey: "phx_local_0123456789abcdefghijklmnopqrstuvwxyz",
    projectKey: "phc_local_0123456789abcdefghijklmnopqrstuvwxyz",
  },
  sentry: { organization: "brandvx", token: "sntrys_local_0123456789abcdefghijklmnopqrstuvwxyz" },
  upstash: { email: "platform@brandvx.example", apiKey: "local-upstash-0123456789abcdefghijklmnopqrstuvwxyz" },
  cloudflare: {
    accountId: "0123456789abcdef0123456789abcdef",
    // The plugin requires 40 to 80 letters, digits, hyphens and underscores.
    apiToken: "local-cloudflare-0123456789abcdefghijklmnopqrstuvwxyz",
  },
  render: { serviceId: "srv-local0backend00", apiKey: "rnd_local_0123456789abcdefghijklmnopqrstuvwxyz" },
} as const;

/** Read-only keys of the same accounts, like those of a pull request's preview (docs/operations.md). */
export const localReadingKeys = {
  posthog: {
    key: "phx_local_reads_0123456789abcdefghijklmnopqrstuvwxyz",
    scopes: [
      ...["dashboard:read", "insight:read", "alert:read", "organization_member:read"],
      ...["hog_function:read", "integration:read"],
      ...["event_definition:read", "annotation:read", "feature_flag:read", "project:read", "subscription:read"],
      ...["event_filter:read", "query:read"],
    ],
  },
  sentry: {
    token: "sntrys_local_reads_0123456789abcdefghijklmnopqrstuvwxyz",
    scopes: ["org:read", "member:read", "team:read", "project:read", "alerts:read"],
  },
} as const;

/** The people of BrandVX, from the teams in Pulumi.local.yaml. */
export const localMembers = [
  { id: 1, email: "platform@brandvx.example", firstName: "Platform" },
  { id: 2, email: "growth@brandvx.example", firstName: "Growth" },
  { id: 3, email: "ai@brandvx.example", firstName: "AI" },
  { id: 4, email: "messaging@brandvx.example", firstName: "Messaging" },
] as const;

/** The vendors' keys, as an engineer would export them. */
export const localKeys = {
  POSTHOG_PERSONAL_API_KEY: localAccount.posthog.personalApiKey,
  SENTRY_TOKEN: localAccount.sentry.token,
  UPSTASH_EMAIL: localAccount.upstash.email,
  UPSTASH_API_KEY: localAccount.upstash.apiKey,
  CLOUDFLARE_API_TOKEN: localAccount.cloudflare.apiToken,
  RENDER_API_KEY: localAccount.render.apiKey,
} as const;
