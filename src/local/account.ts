/**
 * BrandVX's account at the vendors that `npm start` runs on this machine. The keys open nothing but those; they have the
 * shapes of real ones, because clients look at them.
 */
export const localAccount = {
  posthog: {
    projectId: 1,
    personalApiKey: "phx_local_0123456789abcdefghijklmnopqrstuvwxyz",
    projectKey: "phc_local_0123456789abcdefghijklmnopqrstuvwxyz",
  },
} as const;

/** Who works at BrandVX, as far as this machine knows: the teams of Pulumi.local.yaml. */
export const localMembers = [
  { id: 1, email: "platform@brandvx.example", firstName: "Platform" },
  { id: 2, email: "growth@brandvx.example", firstName: "Growth" },
  { id: 3, email: "ai@brandvx.example", firstName: "AI" },
  { id: 4, email: "messaging@brandvx.example", firstName: "Messaging" },
] as const;
