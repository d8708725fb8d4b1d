import { describe, expect, test } from "vitest";
import { insightAlertFindings } from "../../src/alerts/posthog/index.ts";
import { catalogFindings } from "../../src/catalog/check.ts";
import { event } from "../../src/catalog/event.ts";
import { definitionFindings } from "../../src/insights/define/index.ts";
import { findProblems } from "../../src/resources/kernel/check.ts";
import { contentOf } from "../../src/resources/posthog/annotation/words.ts";
import { dashboardInputs } from "../../src/resources/posthog/dashboard/inputs.ts";
import { eventDefinitionsInputs } from "../../src/resources/posthog/event-definitions/inputs.ts";
import { insightAlertInputs } from "../../src/resources/posthog/insight-alert/inputs.ts";
import { type Client, dashboardWith, posthog, trend } from "../local/twins/posthog/client.ts";
import { alertOn, catalogOf, definition, setting, textTile, trendTile } from "../resources/posthog/support.ts";

type Text = string;

interface Field {
  /** The bound in PostHog's own model; undefined when the column has no bound. */
  most: number | undefined;
  /** The findings of the checks: of the program's definition, and of the resource's inputs. */
  definition?: (text: Text) => readonly string[];
  inputs?: (text: Text) => readonly string[];
  /** The request that carries the text. */
  send: (client: Client, text: Text) => Promise<{ status: number; body: { attr?: string | null; detail?: string } }>;
  attr: string | null;
  /** The twin's message when it is not DRF's usual one. */
  detail?: string;
}

const inputsOf = (changes: Parameters<typeof definition>[0]) =>
  findProblems(dashboardInputs, definition(changes)).map(({ property, reason }) => `${property} ${reason}`);
const findingsOf = (changes: Parameters<typeof definition>[0]) =>
  definitionFindings([definition(changes)] as never, { landing_view: event(described) }).map(
    ({ where, problem, fix }) => `${where}  ${problem}: ${fix}`,
  );
const described = {
  source: "browser",
  purpose: "Something happened",
  owner: "growth",
  properties: {},
  namingException: "older than the dot.case rule",
} as const;
const tile = (changes: object) => ({ tiles: { first: { ...trendTile("First"), ...changes } } });
const text = (markdown: string) => ({ tiles: { note: textTile(markdown) } });
const threshold = { configuration: { type: "absolute", bounds: { upper: 5 } } };

async function newAlert(client: Client, fields: object) {
  const { insights } = await dashboardWith(client, "First");
  const usual = { insight: insights[0].id, subscribed_users: [], threshold, condition: { type: "absolute_value" } };
  return client.post("alerts/", { ...usual, config: { type: "TrendsAlertConfig", series_index: 0 }, ...fields });
}

/** PostHog's models, by the request that writes the field; lists each text that one of our providers sends. */
const fields: Record<string, Field> = {
  "name of a dashboard": {
    most: 400,
    definition: (title) => findingsOf({ title }),
    inputs: (title) => inputsOf({ title }),
    send: (client, name) => client.post("dashboards/", { name }),
    attr: "name",
  },
  "description of a dashboard": {
    most: undefined,
    definition: (question) => findingsOf({ question }),
    inputs: (question) => inputsOf({ question }),
    send: (client, description) => client.post("dashboards/", { name: "A", description }),
    attr: "description",
  },
  "name of an insight": {
    most: 400,
    definition: (title) => findingsOf(tile({ title })),
    inputs: (title) => inputsOf(tile({ title })),
    send: (client, name) => client.post("insights/", { name, query: trend() }),
    attr: "name",
  },
  "description of an insight": {
    most: 400,
    definition: (reading) => findingsOf(tile({ reading })),
    inputs: (reading) => inputsOf(tile({ reading })),
    send: (client, description) => client.post("insights/", { name: "A", description, query: trend() }),
    attr: "description",
  },
  "body of a text tile": {
    most: 4000,
    definition: (markdown) => findingsOf(text(markdown)),
    inputs: (markdown) => inputsOf(text(markdown)),
    async send(client, body) {
      const { id } = (await client.post("dashboards/", { name: "A" })).body;
      return client.patch(`dashboards/${id}/`, { tiles: [{ text: { body } }] });
    },
    attr: "text__body",
    detail: "Text body cannot exceed 4000 characters",
  },
  "name of an alert": {
    most: 255,
    definition: (name) => {
      const alert = { name, dashboardKey: "activation", tileKey: "first", tileTitle: "First", line: 0 } as const;
      const rest = { when: { kind: "above", value: 5 }, check: "daily", notify: ["growth"], because: "Look." } as const;
      return insightAlertFindings([{ ...alert, ...rest }], [definition()] as never).map(
        ({ where, problem, fix }) => `${where}  ${problem}: ${fix}`,
      );
    },
    inputs: (name) => findProblems(insightAlertInputs, alertOn("1", { name })).map(({ reason }) => reason),
    send: (client, name) => newAlert(client, { name }),
    attr: "name",
  },
  "name of a threshold": {
    most: 255,
    send: (client, name) => newAlert(client, { threshold: { ...threshold, name } }),
    attr: "threshold__name",
  },
  "content of an annotation": {
    most: 8192,
    send: (client, content) => client.post("annotations/", { content, scope: "project" }),
    attr: "content",
  },
  "name of an event": {
    most: 400,
    definition: (name) =>
      catalogFindings({ [name]: event(described) })
        .map(({ problem }) => problem)
        .filter((one) => !/exception/.test(one)),
    inputs: (name) =>
      findProblems(eventDefinitionsInputs, catalogOf({ [name]: { description: "A" } })).map(({ reason }) => reason),
    send: (client, name) => client.post("event_definitions/", { name }),
    attr: "name",
  },
  "description of an event": {
    most: undefined,
    definition: (purpose) =>
      catalogFindings({ "a.b": event({ ...described, purpose, namingException: undefined } as never) }).map(
        ({ problem }) => problem,
      ),
    inputs: (description) =>
      findProblems(eventDefinitionsInputs, catalogOf({ "a.b": { description } })).map(({ reason }) => reason),
    send: (client, description) => client.post("event_definitions/", { name: "a.b", description }),
    attr: "description",
  },
};

const bounded = Object.entries(fields).filter(
  (entry): entry is [string, Field & { most: number }] => entry[1].most !== undefined,
);

describe.each(bounded)("the %s", (_, { most, definition, inputs, send, attr, detail }) => {
  // An emoji is one character to Python and two to JavaScript.
  test.each([
    ["letters", "x".repeat(most)],
    ["emoji", "🙂".repeat(most)],
    ["letters between spaces, which PostHog cuts off", `  ${"x".repeat(most)}  `],
  ])(`of ${most} %s is taken by the checks and by PostHog`, async (what, longest) => {
    expect(definition?.(longest.trim()) ?? []).toEqual([]);
    if (!what.includes("spaces") || !attr?.includes("name")) expect(inputs?.(longest) ?? []).toEqual([]);
    expect((await send(await posthog(), longest)).status).toBeLessThan(300);
  });

  test(`of ${most + 1} is refused by the checks, and by PostHog with 400`, async () => {
    for (const tooLong of ["x".repeat(most + 1), "🙂".repeat(most + 1)]) {
      if (definition) expect(definition(tooLong).join("\n")).toContain(`has ${most + 1} characters`);
      if (inputs) expect(inputs(tooLong).join("\n")).toContain(`PostHog takes at most ${most}: shorten it`);
      const { status, body } = await send(await posthog(), tooLong);
      const message = detail ?? `Ensure this field has no more than ${most} characters.`;
      expect({ status, body }).toEqual({
        status: 400,
        body: { type: "validation_error", code: "max_length", detail: message, attr },
      });
    }
  });
});

describe.each(Object.entries(fields))("the %s", (_, { definition, inputs, send }) => {
  test.each([
    ["a NUL character", "a\0b", "Null characters are not allowed."],
    ["half a character", "a\ud83d", "Surrogate characters are not allowed: U+D83D."],
  ])("with %s is refused by the checks, and by PostHog with 400", async (what, given, detail) => {
    if (definition) expect(definition(given).join("\n")).toContain(`holds ${what}`);
    if (inputs) expect(inputs(given).join("\n")).toContain(`holds ${what}`);
    expect(await send(await posthog(), given)).toMatchObject({ status: 400, body: { detail } });
  });

  test("of 400 letters more than any other field takes is either bounded or taken", async () => {
    const { status } = await send(await posthog(), "x".repeat(8_600));
    expect(status).toBe(_.startsWith("description of a dashboard") || _ === "description of an event" ? 201 : 400);
  });
});

test("a finding names the file and the tile", () => {
  expect(findingsOf(tile({ reading: "x".repeat(401) }))).toEqual([
    'dashboards/activation.ts  tile "first"  its reading has 401 characters: PostHog takes at most 400: shorten it',
  ]);
});

describe("a tag", () => {
  test("of 255 characters is kept; a longer one is PostHog's error 500, since only its database refuses it", async () => {
    const client = await posthog();
    const put = (tag: string) => client.post("dashboards/", { name: "A", tags: [tag] });
    expect((await put("x".repeat(255))).status).toBe(201);
    expect((await put("x".repeat(256))).status).toBe(500);
  });

  test("that a definition makes too long is found before", () => {
    expect(inputsOf({ owner: "x".repeat(250) }).join()).toContain("has 256 characters. PostHog takes at most 255");
    expect(
      findProblems(eventDefinitionsInputs, catalogOf({ "a.b": { description: "A", tags: ["x".repeat(256)] } })),
    ).toMatchObject([{ property: 'events["a.b"].tags[0]' }]);
  });
});

test("the longest mark of a release that there can be is shorter than any annotation was ever allowed to be", () => {
  const managedBy = `${"p".repeat(100)}/${"s".repeat(100)}/release`;
  const content = contentOf({ release: "r".repeat(100), commit: "0".repeat(40), managedBy });
  expect(content.length).toBeLessThanOrEqual(400);
});

describe("an insight whose description is as long as PostHog takes", () => {
  test.each([
    ["made here", 334],
    ["made here", 335],
    ["made here", 400],
  ])("%s, with %i characters, is removed with its tile", async (_, count) => {
    await using at = await setting();
    const resource = at.process().dashboard();
    const reading = `${"🙂".repeat(count - 1)}.`;
    const before = definition({
      tiles: {
        first: trendTile("First"),
        long: trendTile("Long", { reading, place: { column: 6, row: 0, width: 6, height: 5 } }),
      },
    });
    await resource.up(before);
    await resource.up(definition({ tiles: { first: trendTile("First") } }));
    expect(at.twin.live().insights.map(({ name }) => name)).toEqual(["First"]);
    const bodies = at.twin.requests.writes().map(({ body }) => body as { deleted?: boolean; description?: string });
    const description = bodies.find(({ deleted }) => deleted)?.description ?? "";
    expect([...description].length).toBeLessThanOrEqual(400);
    expect(description).toMatch(/🙂[.…]?\n\(Removed by code: brandvx\/test\/activation\)$/u);
  });

  test("written by hand at 400 characters goes with its dashboard", async () => {
    await using at = await setting();
    const resource = at.process().dashboard();
    await resource.up(definition());
    const [first] = at.twin.live().insights;
    await at.byHand("patch", `insights/${first?.id}/`, { description: "y".repeat(400) });
    await resource.destroy();
    expect(at.twin.live().insights).toEqual([]);
  });
});
