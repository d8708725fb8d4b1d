import type { Deed } from "../../traffic/index.ts";
import type { CapturedEvent } from "../../twins/posthog/index.ts";

/** What the redactor did to a property between the app and PostHog. */
export interface Redaction {
  readonly property: string;
  readonly what: "dropped" | "changed";
  readonly before: string;
  /** Undefined where it was dropped. */
  readonly after: string | undefined;
}

type Properties = Readonly<Record<string, unknown>>;

/** What an app gave to its helper: the event's name and its properties, before anything was taken out. */
export function givenBy(deed: Deed): { event: string; properties: Properties } {
  if (!("kind" in deed) || deed.kind === "track") return { event: deed.event, properties: deed.properties };
  if (deed.kind === "page") return { event: "$pageview", properties: { path: deed.path } };
  return { event: "$identify", properties: deed.person };
}

/** Compares what an app gave with what arrived. PostHog's own properties are not the app's and are left out. */
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

/** Clocks of the app and of PostHog differ by what a request takes. */
const nearMs = 5000;

/** Deeds that are kept until their events arrive; more happen only in bursts. */
const mostKept = 1000;

/** Remembers what the apps said until it arrives. */
export interface Said {
  note(deeds: readonly Deed[]): void;
  /** What was given for this event, once; undefined when it did not come from the traffic. */
  take(arrived: CapturedEvent): Properties | undefined;
}

export function rememberSaid(): Said {
  let kept: { at: number; event: string; properties: Properties }[] = [];
  return {
    note(deeds) {
      kept = [...kept, ...deeds.map((deed) => ({ at: deed.at, ...givenBy(deed) }))].slice(-mostKept);
    },
    take(arrived) {
      const at = Date.parse(arrived.timestamp);
      const near = kept
        .filter((one) => one.event === arrived.event && Math.abs(one.at - at) < nearMs)
        .sort((one, other) => distance(one, arrived, at) - distance(other, arrived, at));
      const [found] = near;
      if (found) kept = kept.filter((one) => one !== found);
      return found?.properties;
    },
  };
}

/** Nearest in time among those of which most arrived as it was. */
function distance(one: { at: number; properties: Properties }, arrived: CapturedEvent, at: number): number {
  return redactionsOf(one.properties, arrived).length * nearMs + Math.abs(one.at - at);
}
