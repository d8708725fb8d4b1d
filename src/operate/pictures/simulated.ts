import type { Catalog } from "../../catalog/event.ts";
import { events } from "../../catalog/events.ts";
import {
  evaluate,
  isNotEvaluable,
  isQueryRejected,
  openEvents,
  type StoredEvent,
} from "../../insights/evaluate/index.ts";
import { beginningOfStory } from "../../local/traffic/story/calendar.ts";
import type { Deed } from "../../local/traffic/story/deed.ts";
import { story } from "../../local/traffic/story/story.ts";
import type { Numbers, TileAnswer } from "./numbers.ts";
import { eventsAskedFor, sampleEvents } from "./samples.ts";

/**
 * Numbers of two simulated months of BrandVX: always the same for the same time, without key or network. They show what a
 * chart looks like; the numbers mean nothing.
 */
export async function simulatedNumbers(now: number, catalog: Catalog = events): Promise<Numbers> {
  const storyEvents = story({ beginning: beginningOfStory(now), after: 0, upTo: now }).flatMap(eventOf);
  const known = new Set(storyEvents.map(({ event }) => event));
  const untold = Object.keys(catalog).filter((name) => !known.has(name));
  const table = await openEvents();
  table.append([...storyEvents, ...sampleEvents(catalog, untold, now)]);
  const asked = new Map<string, Promise<TileAnswer>>();
  const ask = (query: unknown): Promise<TileAnswer> => {
    const text = JSON.stringify(query);
    const answer = asked.get(text) ?? answered(() => evaluate(table, query, { now: new Date(now) }));
    asked.set(text, answer);
    return withSampled(answer, eventsAskedFor(query), untold);
  };
  return {
    source: "simulated events",
    areReal: false,
    askedAt: new Date(now),
    async of({ tiles }) {
      const charts = Object.entries(tiles).filter(([, tile]) => tile.kind === "insight");
      return Object.fromEntries(await Promise.all(charts.map(async ([key, tile]) => [key, await ask(tile.query)])));
    },
    close: () => table.close(),
  };
}

/** Marks which events of a result are samples. */
async function withSampled(
  answer: Promise<TileAnswer>,
  names: readonly string[],
  samples: readonly string[],
): Promise<TileAnswer> {
  const sampled = names.filter((name) => samples.includes(name));
  return sampled.length === 0 ? answer : { ...(await answer), sampled };
}

async function answered(ask: () => ReturnType<typeof evaluate>): Promise<TileAnswer> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (isNotEvaluable(error) || isQueryRejected(error)) return { failure: error.message };
    throw error;
  }
}

/** A simulated action as PostHog would store it. Signing in is left out, since no chart uses it. */
function eventOf(deed: Deed): StoredEvent[] {
  if (deed.app === "backend") {
    return [{ event: deed.event, distinct_id: deed.tenant, timestamp: deed.at, properties: deed.properties }];
  }
  const common = { distinct_id: deed.visitor, timestamp: deed.at };
  switch (deed.kind) {
    case "track":
      return [{ ...common, event: deed.event, properties: deed.properties }];
    case "page":
      return [{ ...common, event: "$pageview", properties: { path: deed.path } }];
    case "sign in":
      return [];
  }
}
