import type { BackendDeed, BrowserDeed, Deed } from "./story/deed.ts";
import { isBrowserDeed } from "./story/story.ts";

/** An event as the local PostHog has it. */
export interface ArrivedEvent {
  readonly event: string;
  readonly distinctId: string;
  /** ISO. */
  readonly timestamp: string;
  /** ISO, by the clock of the app that sent it; null or missing where it gave none. */
  readonly senderTimestamp?: string | null;
}

/** A page captures at the moment of the deed; the backend when it hears of it. */
const browserMs = 2000;
const backendMs = 15_000;

/**
 * The deeds whose events PostHog does not have, with the signing in that they need: who is signed in is known to a page, and
 * not to the next one. Each event stands for one deed, the nearest in time.
 */
export function notArrived(deeds: readonly Deed[], arrived: readonly ArrivedEvent[]): Deed[] {
  if (arrived.length === 0) return [...deeds];
  const events = Map.groupBy(arrived, ({ event }) => event);
  const missing = new Set<Deed>();
  for (const [event, theirs] of Map.groupBy(deeds.filter(isEvent), eventOf)) {
    const left = nearestPairs(theirs, events.get(event) ?? []);
    for (const deed of theirs) if (!left.has(deed)) missing.add(deed);
  }
  const visitors = new Set([...missing].filter(isBrowserDeed).map(({ visitor }) => visitor));
  return deeds.filter((deed) => missing.has(deed) || (isSignIn(deed) && visitors.has(deed.visitor)));
}

type SignIn = Extract<BrowserDeed, { kind: "sign in" }>;
type EventDeed = BackendDeed | Exclude<BrowserDeed, SignIn>;

const isSignIn = (deed: Deed): deed is SignIn => deed.app === "browser" && deed.kind === "sign in";
const isEvent = (deed: Deed): deed is EventDeed => !isSignIn(deed);
const eventOf = (deed: EventDeed): string =>
  deed.app === "browser" && deed.kind === "page" ? "$pageview" : (deed as { event: string }).event;

/** The deeds that have an event of their own: pairs are made of those nearest to each other first. */
function nearestPairs(deeds: readonly EventDeed[], events: readonly ArrivedEvent[]): Set<EventDeed> {
  const timed = events
    .map((event) => ({ event, at: Date.parse(event.senderTimestamp ?? event.timestamp) }))
    .sort((one, other) => one.at - other.at);
  const pairs = deeds.flatMap((deed) => {
    const withinMs = deed.app === "browser" ? browserMs : backendMs;
    const near = [];
    for (let i = firstFrom(timed, deed.at - withinMs); (timed[i]?.at ?? Infinity) <= deed.at + withinMs; i++) {
      const { event, at } = timed[i] as (typeof timed)[number];
      if (deed.app === "browser" || event.distinctId === deed.tenant)
        near.push({ deed, event, apart: Math.abs(at - deed.at) });
    }
    return near;
  });
  const taken = new Set<ArrivedEvent>();
  const found = new Set<EventDeed>();
  for (const { deed, event } of pairs.sort((one, other) => one.apart - other.apart)) {
    if (found.has(deed) || taken.has(event)) continue;
    found.add(deed);
    taken.add(event);
  }
  return found;
}

/** The first place in a sorted list whose time is not before `at`. */
function firstFrom(sorted: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
