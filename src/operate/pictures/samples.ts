import * as z from "zod";
import { type Catalog, requiredType } from "../../catalog/event.ts";
import type { StoredEvent } from "../../insights/evaluate/index.ts";
import { Once } from "../../resources/kernel/batched.ts";
import type { Numbers } from "./numbers.ts";

const dayMs = 86_400_000;
const days = 14;
const people = 9;

/**
 * Sample events with values of the catalog's types, for events that nothing has sent yet: a fixed number a day, by a few people,
 * always the same. They show what a chart will look like; the numbers mean nothing.
 */
export function sampleEvents(catalog: Catalog, names: readonly string[], now: number): StoredEvent[] {
  return names.flatMap((event) => {
    const properties = catalog[event]?.properties ?? {};
    return Array.from({ length: days }, (_, day) =>
      Array.from({ length: 2 + ((day * 5) % 7) }, (_, turn) => {
        const number = day * 7 + turn;
        return {
          event,
          distinct_id: `sample-${number % people}`,
          // Only on days that are over, so that no event is in the future.
          timestamp: now - (days - day) * dayMs + turn * 3_600_000,
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, { type }]) => [name, sampleOf(type, number)]),
          ),
        };
      }),
    ).flat();
  });
}

/** A sample value of a type, depending on the number. */
function sampleOf(type: z.ZodType, number: number): unknown {
  const {
    anyOf,
    enum: among,
    type: kind,
    not,
    minimum = 0,
    maximum,
  } = z.toJSONSchema(requiredType(type), {
    unrepresentable: "any",
  });
  // A property that must never be sent.
  if (not) return undefined;
  const [first] = anyOf ?? [];
  const choices = among ?? (typeof first === "object" ? first.enum : undefined);
  if (choices && choices.length > 0) return choices[number % choices.length];
  if (kind === "boolean") return number % 3 !== 0;
  if (kind === "integer" || kind === "number") {
    const most = maximum === undefined || maximum > 1e9 ? minimum + 100 : maximum;
    const value = minimum + ((number * 37) % 100) * ((most - minimum) / 100);
    return kind === "integer" ? Math.round(value) : value;
  }
  const count = 1 + (number % 4);
  // A type with a pattern gets the first of these texts that it accepts; if none fits, the value violates the pattern.
  const texts = [
    `sample ${count}`,
    `sample-${count}`,
    `/sample-${count}`,
    `https://sample-${count}.example`,
    `${count}`,
  ];
  const text = texts.find((one) => requiredType(type).safeParse(one).success);
  return text ?? texts[0];
}

/** The events that a query uses, at any depth. */
export function eventsAskedFor(query: unknown): string[] {
  if (typeof query !== "object" || query === null) return [];
  const own = "kind" in query && query.kind === "EventsNode" && "event" in query ? [String(query.event)] : [];
  return [...new Set([...own, ...Object.values(query).flatMap(eventsAskedFor)])];
}

/**
 * Real numbers, except for tiles that use a new event: PostHog has none of it yet, and an empty tile would not show what it
 * will look like.
 */
export function withSamplesOf(
  isNew: (event: string) => boolean,
  real: Numbers,
  simulated: () => Promise<Numbers>,
): Numbers {
  const opened = new Once(simulated);
  let isOpened = false;
  return {
    ...real,
    async of(dashboard) {
      const { tiles } = dashboard;
      const asks = Object.entries(tiles).filter(([, { query }]) => eventsAskedFor(query).some(isNew));
      if (asks.length === 0) return real.of(dashboard);
      isOpened = true;
      const old = Object.fromEntries(Object.entries(tiles).filter(([key]) => !asks.some(([other]) => other === key)));
      const [answers, samples] = await Promise.all([
        real.of({ ...dashboard, tiles: old }),
        opened.get().then((numbers) => numbers.of({ ...dashboard, tiles: Object.fromEntries(asks) })),
      ]);
      const named = Object.entries(samples).map(([key, answer]) => [
        key,
        { ...answer, sampled: eventsAskedFor(tiles[key]?.query).filter(isNew) },
      ]);
      return { ...answers, ...Object.fromEntries(named) };
    },
    async close() {
      await real.close();
      if (isOpened) await (await opened.get()).close();
    },
  };
}
