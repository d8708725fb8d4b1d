import type { Deed } from "../../traffic/index.ts";
import type { CapturedEvent } from "../../twins/posthog/index.ts";

/** The redactor's change of a property between the app and PostHog. */
export interface Redaction {
  readonly property: string;
  readonly what: "dropped" | "changed";
  readonly before: string;
  /** Undefined when it was dropped. */
  readonly after: string | undefined;
}

type Properties = Readonly<Record<string, unknown>>;

/** An app's call of its helper: event name and properties before redaction. */
export function givenBy(deed: Deed): { event: string; properties: Properties } {
  if (!("kind" in deed) || deed.kind === "track") return { event: deed.event, properties: deed.properties };
  if (deed.kind === "page") return { event: "$pageview", properties: { path: deed.path } };
  return { event: "$identify", properties: deed.person };
}

/** Compares an app's call with the arrived event. PostHog's own properties are ignored. */
export function redactionsOf(given: Properties, arrived: CapturedEvent): Redaction[] {
  const { $set } = arrived.properties;
  const there: Properties = arrived.event === "$identify" && isProperties($set) ? $set : arrived.properties;
  return Object.entries(given).flatMap(([property, value]): Redaction[] => {
    const before = shown(value);
    if (!Object.hasOwn(there, property)) return [{ property, what: "dropped", before, after: undefined }];
    const after = shown(there[property]);
    return before === after ? [] : [{ property, what: "changed", before, after }];
  });
}

const isProperties = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Timestamps of app and PostHog may differ by the duration of a request. */
const nearMs = 5000;

/** A page captures at the moment of the deed: an event that is further away belongs to another deed, if one is nearer. */
const sameMomentMs = 25;

/** Most deeds that are remembered until their events arrive; more happen only in bursts. */
const mostKept = 1000;

/** Remembers the apps' calls until their events arrive. */
export interface SentProperties {
  note(deeds: readonly Deed[]): void;
  /**
   * Finds the call for this event and removes it; undefined when the event did not come from the traffic, or when calls of
   * several people match: another person's values must never be shown.
   */
  take(arrived: CapturedEvent): Properties | undefined;
}

interface Kept {
  readonly at: number;
  /** The tenant, or the visitor of the operator UI. */
  readonly who: string;
  readonly isBackend: boolean;
  readonly event: string;
  readonly properties: Properties;
}

export function rememberSentProperties(): SentProperties {
  let kept: Kept[] = [];
  /** The user id that a visitor signed in with. */
  const users = new Map<string, string>();
  /** The visitor of a distinct id: of a user, or of a browser in which nobody has signed in yet. */
  const visitors = new Map<string, string>();

  const fits = (one: Kept, { event, distinctId, timestamp }: CapturedEvent): boolean => {
    if (one.event !== event || Math.abs(one.at - Date.parse(timestamp)) >= nearMs) return false;
    if (one.isBackend) return one.who === distinctId;
    const visitor = visitors.get(distinctId);
    // An unknown id belongs to a browser whose visitor has not signed in yet.
    return visitor === undefined ? !(event === "$identify" && users.has(one.who)) : visitor === one.who;
  };

  return {
    note(deeds) {
      for (const deed of deeds) {
        if (deed.app !== "browser" || deed.kind !== "sign in") continue;
        users.set(deed.visitor, deed.userId);
        visitors.set(deed.userId, deed.visitor);
      }
      kept = [...kept, ...deeds.map(keptOf)].slice(-mostKept);
    },
    take(arrived) {
      const at = Date.parse(arrived.timestamp);
      const near = kept
        .filter((one) => fits(one, arrived))
        .toSorted((one, other) => distance(one, arrived, at) - distance(other, arrived, at));
      const [found] = near;
      if (found === undefined || !isCertain(found, near, at)) return undefined;
      kept = kept.filter((one) => one !== found);
      if (!found.isBackend) visitors.set(arrived.distinctId, found.who);
      return found.properties;
    },
  };
}

const keptOf = (deed: Deed): Kept => ({
  at: deed.at,
  who: deed.app === "backend" ? deed.tenant : deed.visitor,
  isBackend: deed.app === "backend",
  ...givenBy(deed),
});

/** Keeps only calls of one person; if there are several people, those with exactly this time. */
function isCertain(found: Kept, near: readonly Kept[], at: number): boolean {
  const others = near.filter(({ who }) => who !== found.who);
  if (others.length === 0) return true;
  const off = (one: Kept) => Math.abs(one.at - at);
  return off(found) < sameMomentMs && others.every((other) => off(other) >= sameMomentMs);
}

/** Among the calls with the most unchanged properties, the nearest in time. */
function distance(one: Kept, arrived: CapturedEvent, at: number): number {
  return redactionsOf(one.properties, arrived).length * nearMs + Math.abs(one.at - at);
}
