/** PostHog Cloud by its regions: where people and the management API are, and where events go (posthog.com/docs/api). */
export const posthogCloud = {
  us: { app: "https://us.posthog.com", ingest: "https://us.i.posthog.com" },
  eu: { app: "https://eu.posthog.com", ingest: "https://eu.i.posthog.com" },
} as const;

export type PostHogRegion = keyof typeof posthogCloud;
export const posthogRegions = Object.keys(posthogCloud) as readonly PostHogRegion[];

/** The region if none is set. `obs doctor` finds a key and a host that belong to different regions. */
export const defaultPosthog = posthogCloud.us;

/** The one address of PostHog's first years, which older notes give for app and ingestion alike. */
const givenUpHost = "https://app.posthog.com";

const withoutEnd = (address: string): string => address.trim().toLowerCase().replace(/\/+$/, "");

/** Whether an address is the one that PostHog has given up. */
export const isGivenUpHost = (address: string): boolean => withoutEnd(address) === givenUpHost;

/** Region of an address of PostHog Cloud, of either kind; undefined for any other. */
export const regionOfHost = (address: string): PostHogRegion | undefined =>
  posthogRegions.find((region) => Object.values<string>(posthogCloud[region]).includes(withoutEnd(address)));

/** Where events go, by region. */
export const ingestionHosts: Readonly<Record<PostHogRegion, string>> = {
  us: posthogCloud.us.ingest,
  eu: posthogCloud.eu.ingest,
};
