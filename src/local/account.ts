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
