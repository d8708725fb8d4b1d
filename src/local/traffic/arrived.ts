import type { Deed } from "./story/deed.ts";

/** An event as PostHog has it. */
export interface ArrivedEvent {
  readonly event: string;
  readonly distinctId: string;
  /** ISO. */
  readonly timestamp: string;
}

/** A page captures at the moment of the deed; the backend when it hears of it. */
const browserMs = 100;
const backendMs = 5000;

/**
 * The deeds whose events PostHog does not have. Signing in is not looked for: posthog-js tells PostHog of a person once.
 */
export function notArrived(deeds: readonly Deed[], arrived: Iterable<ArrivedEvent>): Deed[] {
  const left = new Map<string, number[]>();
  for (const { event, distinctId, timestamp } of arrived) {
    const at = Date.parse(timestamp);
    for (const key of [event, `${event} ${distinctId}`]) {
      const times = left.get(key);
      if (times) times.push(at);
      else left.set(key, [at]);
    }
  }
  for (const times of left.values()) times.sort((one, other) => one - other);
  return deeds.filter((deed) => {
    if (deed.app === "browser" && deed.kind === "sign in") return false;
    const event = deed.app === "browser" && deed.kind === "page" ? "$pageview" : (deed as { event: string }).event;
    const key = deed.app === "backend" ? `${event} ${deed.tenant}` : event;
    return !takeNear(left.get(key) ?? [], deed.at, deed.app === "backend" ? backendMs : browserMs);
  });
}

/** Takes the time nearest to `at` out of sorted ones, where there is one within `withinMs`. */
function takeNear(times: number[], at: number, withinMs: number): boolean {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const candidates = [low - 1, low].filter(
    (index) => Math.abs((times[index] ?? Number.POSITIVE_INFINITY) - at) <= withinMs,
  );
  const [nearest] = candidates.toSorted((a, b) => Math.abs((times[a] ?? 0) - at) - Math.abs((times[b] ?? 0) - at));
  if (nearest === undefined) return false;
  times.splice(nearest, 1);
  return true;
}
