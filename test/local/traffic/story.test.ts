import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activationFunnel } from "../../../dashboards/activation-funnel.ts";
import { dashboards } from "../../../dashboards/index.ts";
import { events as catalog } from "../../../src/catalog/events.ts";
import { evaluate, openEvents, type QueryAnswer } from "../../../src/insights/evaluate/index.ts";
import { beginningOfStory, dayMs, hourMs } from "../../../src/local/traffic/story/calendar.ts";
import type { Deed } from "../../../src/local/traffic/story/deed.ts";
import { castAt, happeningAt, somethingAt } from "../../../src/local/traffic/story/now.ts";
import { randomOf } from "../../../src/local/traffic/story/random.ts";
import { story } from "../../../src/local/traffic/story/story.ts";
import { eventsIn } from "../../../src/operate/catalog/usage.ts";

const now = Date.UTC(2026, 10, 20, 15, 30);
const beginning = beginningOfStory(now);
const whole = story({ beginning, after: 0, upTo: now });

const isEvent = (deed: Deed) => "event" in deed;

test("told again it is the same story", () => {
  expect(story({ beginning, after: 0, upTo: now })).toEqual(whole);
});

test("told in parts it is the whole story, with nothing told twice", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: beginning, max: now }), { maxLength: 4 }), (cuts) => {
      const ends = [0, ...cuts.sort((one, other) => one - other), now];
      const parts = ends.slice(1).flatMap((upTo, index) => story({ beginning, after: ends[index] ?? 0, upTo }));
      expect(parts.map(textOf).sort()).toEqual(whole.map(textOf).sort());
    }),
    { numRuns: 6 },
  );
});

const textOf = (deed: Deed): string => JSON.stringify(deed);

test("nothing happens in the future or before it begins, and time does not go backwards", () => {
  expect(whole.every(({ at }) => at <= now && at > beginning - hourMs)).toBe(true);
  expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).sort((one, other) => one - other));
});

test("each event is one of the catalog's, with properties that it takes", () => {
  const live = ["sign-up", "burst of prompts", "SMS outage"] as const;
  const cast = castAt(beginning, now);
  const happenings = live.flatMap((what) => happeningAt(what, now, "a seed", cast));
  const things = Array.from({ length: 200 }, (_, index) => somethingAt(now, `thing ${index}`, cast)).flat();
  for (const deed of [...whole, ...happenings, ...things].filter(isEvent)) {
    expect(() => catalog[deed.event].schema.parse(deed.properties)).not.toThrow();
    expect(catalog[deed.event].source).toBe(deed.app === "browser" ? "browser" : "server");
  }
});

test("a visitor of the app is signed in before they do anything that is theirs", () => {
  const known = new Set<string>();
  for (const deed of whole) {
    if (deed.app !== "browser") continue;
    if (deed.kind === "sign in") known.add(deed.visitor);
    else if (deed.kind === "track" && deed.event !== "landing_view") expect(known).toContain(deed.visitor);
  }
});

test("who stopped in onboarding neither asks in everyday use nor sends", () => {
  const finished = new Set(
    whole.flatMap((deed) =>
      deed.app === "browser" && deed.kind === "track" && deed.event === "onboarding_complete" ? [deed.visitor] : [],
    ),
  );
  for (const deed of whole) {
    if (deed.app !== "browser" || deed.kind !== "track" || deed.event !== "ask.prompt_submitted") continue;
    if (deed.properties.onboard === false) expect(finished).toContain(deed.visitor);
  }
});

test("what a person makes happen, happens within half a minute", () => {
  const cast = castAt(beginning, now);
  for (const what of ["sign-up", "burst of prompts", "SMS outage"] as const) {
    const deeds = happeningAt(what, now, "a seed", cast);
    expect(deeds.length).toBeGreaterThan(3);
    expect(Math.max(...deeds.map(({ at }) => at)) - now).toBeLessThan(what === "sign-up" ? 120_000 : 60_000);
  }
});

/** A week of nights and evenings: the story must be worth looking at whenever somebody starts it first. */
const firstDays = [4, 20, 4, 20, 4, 20, 4].map((hour, day) => Date.UTC(2026, 10, 8 + day, hour));

describe.each(firstDays.map((at) => [new Date(at).toISOString(), at] as const))("at %s", (_, at) => {
  const telling = { beginning: beginningOfStory(at), after: 0, upTo: at };

  test("every tile of events that the story has shows something, and the incidents stand out", async () => {
    await using table = await openEvents({ threads: 1, memoryLimitMegabytes: 128 });
    const deeds = story(telling);
    const sent = new Set(deeds.flatMap((deed) => ("event" in deed ? [deed.event as string] : [])));
    table.append(
      deeds.flatMap((deed) =>
        "event" in deed
          ? [
              {
                event: deed.event,
                distinct_id: deed.app === "browser" ? deed.visitor : deed.tenant,
                timestamp: deed.at,
                properties: deed.properties,
              },
            ]
          : [],
      ),
    );
    const shown = new Map<string, number[]>();
    for (const { key, tiles } of dashboards) {
      for (const [tileKey, tile] of Object.entries(tiles)) {
        // A tile may exist before any app sends its event: the console then says so.
        if (tile.kind === "text" || !eventsIn(tile.query).every((event) => sent.has(event))) continue;
        shown.set(`${key} ${tileKey}`, numbersOf(await evaluate(table, tile.query, { now: new Date(at) })));
      }
    }
    const empty = [...shown].filter(([, numbers]) => numbers.every((number) => number === 0)).map(([key]) => key);
    expect(empty).toEqual([]);
    const highest = (tile: string) => Math.max(...(shown.get(tile) ?? []));
    expect(highest("cadence-throughput failure-ratio")).toBeGreaterThan(0.3);
    expect(highest("ai-engagement error-share")).toBeGreaterThan(0.2);
    expect(highest("cadence-throughput failure-ratio-by-template")).toBeGreaterThan(0.1);
    expect(highest("ai-engagement prompt-bursts")).toBeGreaterThan(7);
  });
});

test("many complete a step and fewer get to the end, which the dashboard shows apart", async () => {
  await using table = await openEvents({ threads: 1, memoryLimitMegabytes: 128 });
  table.append(
    whole.flatMap((deed) =>
      deed.app === "browser" && deed.kind === "track"
        ? [{ event: deed.event, distinct_id: deed.visitor, timestamp: deed.at, properties: deed.properties }]
        : [],
    ),
  );
  const { conversion, "way-to-the-end": way } = activationFunnel.tiles;
  const countsOf = async ({ query }: { query: object }) => {
    const answer = await evaluate(table, query, { now: new Date(now) });
    return answer.kind === "funnel steps" ? answer.results.flat().map(({ count }) => count) : [];
  };
  const [opened = 0, first = 0] = await countsOf(conversion);
  const [newcomers = 0, ...steps] = await countsOf(way);
  const end = steps.at(-1) ?? 0;
  expect([opened, first, newcomers, end]).toEqual([125, 110, 125, 74]);
  expect(steps).toEqual(steps.toSorted((one, other) => other - one));
});

function numbersOf(answer: QueryAnswer): number[] {
  switch (answer.kind) {
    case "trends":
      return answer.results.flatMap(({ data, aggregated_value = 0 }) => [...data, aggregated_value]);
    case "time to convert":
      return answer.results.bins.map(([, people]) => people);
    case "funnel steps":
      return answer.results.flat().map(({ count }) => count);
    default:
      return [];
  }
}

describe("random numbers", () => {
  test("are the same for the same seed, and others for another", () => {
    const draw = (seed: string) => Array.from({ length: 8 }, () => randomOf(seed).share());
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  test("keep to their bounds, and to their means roughly", () => {
    const random = randomOf("bounds");
    const draws = Array.from({ length: 4000 }, () => ({
      share: random.share(),
      whole: random.whole(3, 7),
      count: random.count(2.5),
      around: random.around(10, 0.5),
      side: random.weighted({ left: 1, right: 3 }),
    }));
    const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    expect(draws.every(({ share }) => share >= 0 && share < 1)).toBe(true);
    expect(new Set(draws.map(({ whole: one }) => one))).toEqual(new Set([3, 4, 5, 6, 7]));
    expect(mean(draws.map(({ count }) => count))).toBeCloseTo(2.5, 0);
    expect(draws.filter(({ around }) => around < 10).length / 4000).toBeCloseTo(0.5, 1);
    expect(draws.filter(({ side }) => side === "right").length / 4000).toBeCloseTo(0.75, 1);
  });

  test("look like ids where ids are wanted", () => {
    expect(randomOf("id").uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

test("days have their names in UTC, and a story begins at midnight", () => {
  expect(beginning % dayMs).toBe(0);
});
