import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { evaluate, openEvents } from "../../../src/insights/evaluate/index.ts";
import { timestampMicros } from "../../../src/insights/evaluate/table/event.ts";
import { detectType } from "../../../src/insights/evaluate/table/property-types.ts";
import { node } from "./support.ts";

describe("the table of events", () => {
  const query = { kind: "TrendsQuery", series: [node("A")], dateRange: { date_from: "2026-01-01" } };
  const context = { now: new Date("2026-01-01T20:00:00Z") };
  const event = { event: "A", distinct_id: "ada", timestamp: "2026-01-01T12:00:00Z" };

  test("counts events as they arrive", async () => {
    await using events = await openEvents();
    const count = async () => (await evaluate(events, query, context)).results;
    expect(await count()).toMatchObject([{ count: 0 }]);
    events.append([event]);
    expect(await count()).toMatchObject([{ count: 1 }]);
    events.append([event, { ...event, event: "B" }]);
    expect(await count()).toMatchObject([{ count: 2 }]);
    expect(events.size).toBe(3);
  });

  test("takes more than one chunk, and answers several questions at the same time", async () => {
    await using events = await openEvents();
    events.append(Array.from({ length: 5000 }, () => event));
    const answers = await Promise.all(Array.from({ length: 8 }, () => evaluate(events, query, context)));
    expect(answers.map(({ results }) => results)).toEqual(
      new Array(8).fill([expect.objectContaining({ count: 5000 })]),
    );
  });

  test("keeps what came before an event without a time", async () => {
    await using events = await openEvents();
    expect(() => events.append([event, { ...event, timestamp: "yesterday" }])).toThrow(
      "The event A has the timestamp yesterday",
    );
    expect((await evaluate(events, query, context)).results).toMatchObject([{ count: 1 }]);
  });

  test("goes on in a temporary folder when memory is short, and leaves nothing there", async () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("brandvx-events-"));
    const before = folders();
    const events = await openEvents({ memoryLimitMegabytes: 40, threads: 1 });
    const properties = { text: "0123456789".repeat(100) };
    events.append(Array.from({ length: 80_000 }, (_, index) => ({ ...event, properties: { ...properties, index } })));
    const sum = { ...query, series: [node("A", { math: "max", math_property: "index" })] };
    expect((await evaluate(events, sum, context)).results).toMatchObject([{ count: 79_999 }]);
    expect(folders().length).toBeGreaterThan(before.length);
    await events.close();
    expect(folders().filter((name) => !before.includes(name))).toEqual([]);
  });

  test("may be closed while questions are under way: they are broken off", async () => {
    const events = await openEvents();
    events.append(Array.from({ length: 50_000 }, () => event));
    const people = { ...query, series: [node("A", { math: "monthly_active" })] };
    const answers = Array.from({ length: 20 }, () => evaluate(events, people, context));
    let ended = 0;
    const outcomes = answers.map((answer) =>
      answer
        .then(
          () => "answered",
          () => "broken off",
        )
        .finally(() => (ended += 1)),
    );
    await events.close();
    await setImmediate();
    expect(ended, "none goes on after that").toBe(20);
    expect(await Promise.all(outcomes)).toContain("broken off");
    await expect(evaluate(events, query, context)).rejects.toThrow("The table of events is closed");
  });

  test("half a surrogate pair in one event breaks no query: it is U+FFFD, in names and values, and nothing else is touched", async () => {
    await using events = await openEvents();
    const said = ["x\ud83dy", "\udc00", "😀", "\\ud83d", "\\\ud83d"];
    events.append(said.map((text) => ({ ...event, properties: { text, [text]: 1 }, person_properties: { text } })));
    const having = async (value: string) => {
      const properties = [{ type: "event", key: "text", operator: "exact", value }];
      return (await evaluate(events, { ...query, series: [node("A", { properties })] }, context)).results;
    };
    for (const text of ["x\ufffdy", "\ufffd", "😀"]) expect(await having(text), text).toMatchObject([{ count: 1 }]);
    const breakdownFilter = { breakdowns: [{ type: "event", property: "text" }] };
    const { results } = await evaluate(events, { ...query, breakdownFilter }, context);
    // PostHog breaks down by the JSON text between the quotes, in which a backslash is doubled.
    expect(results).toHaveLength(said.length);
    expect(JSON.stringify(results)).toContain(JSON.stringify("\\\\ud83d"));
  });

  test("may be closed twice", async () => {
    const events = await openEvents();
    await Promise.all([events.close(), events.close()]);
    await events.close();
  });

  test("reads names and values as they are, also in SQL's own signs", async () => {
    await using events = await openEvents();
    const name = "it's; DROP TABLE events --";
    events.append([{ ...event, event: name, properties: { "a/b~c'd": "it's" } }]);
    const properties = [{ type: "event", key: "a/b~c'd", operator: "exact", value: "it's" }];
    const answer = await evaluate(events, { ...query, series: [node(name, { properties })] }, context);
    expect(answer.results).toMatchObject([{ label: name, count: 1 }]);
  });
});

describe("the type of a property is that of its first value", () => {
  const now = Date.UTC(2026, 0, 1) / 1000;

  test.each<[string, unknown, string | undefined]>([
    ["step", "profile", "String"],
    ["position", 3, "Numeric"],
    ["onboard", true, "Boolean"],
    ["onboard", "FALSE", "Boolean"],
    ["day", "2026-01-01", "DateTime"],
    ["day", "2026-01-01T10:00:00Z", "DateTime"],
    ["day", "2026-01-01 is a date", "String"],
    ["utm_content", 3, "String"],
    ["$feature/new", true, "String"],
    ["$feature_flag_response", true, "String"],
    ["$survey_response_2", 5, "String"],
    ["created_at", now, "DateTime"],
    ["created_at", 12, "Numeric"],
    ["time_to_finish", 5.5, "Numeric"],
    ["duration_ms", 1200, "Numeric"],
    ["list", [1], undefined],
    ["object", {}, undefined],
    ["nothing", null, undefined],
  ])("%s of %j is %s", (key, value, type) => {
    expect(detectType(key, value, now)).toBe(type);
  });
});

describe("timestamps", () => {
  const micros = (timestamp: string | number | Date) => timestampMicros({ event: "A", timestamp });
  const noon = Date.UTC(2026, 0, 1, 12) * 1000;

  test("are kept to the microsecond", () => {
    expect(micros("2026-01-01T12:00:00.123456Z")).toBe(noon + 123_456);
    expect(micros("2026-01-01T12:00:00.5Z")).toBe(noon + 500_000);
  });

  test("may have an offset, or none, which is UTC", () => {
    expect(micros("2026-01-01T13:00:00+01:00")).toBe(noon);
    expect(micros("2026-01-01 12:00:00")).toBe(noon);
    expect(micros(new Date(noon / 1000))).toBe(noon);
    expect(micros(noon / 1000)).toBe(noon);
  });
});
