/** The local PostHog. */
export type { CapturedEvent } from "./ingest/events.ts";
export type { Live, LiveDashboard, LiveTile } from "./live.ts";
export {
  type Evaluate,
  type Evaluation,
  type Features,
  type Member,
  type PosthogTwinOptions,
  publishedLimits,
  type RateLimit,
  type RateLimits,
  type ScopedKey,
  type WeekStart,
} from "./options.ts";
export { type PosthogTwin, startPosthogTwin } from "./twin.ts";
