import { describe, expect, test } from "vitest";
import type { EventSchemaInputs, EventSchemasInputs } from "../../../src/resources/posthog/event-schemas/inputs.ts";
import { failed } from "../lifetime.ts";
import { catalogOf, type LiveGroup, liveDefinitions, liveGroups, type Setting, schemasOf, setting } from "./support.ts";

const asked: EventSchemaInputs = {
  properties: {
    length: { type: "Numeric", required: true, meaning: "How long", rules: { minimum: 0 } },
    mode: { type: "String", required: true, meaning: "How it answers", rules: { enum: ["chat", "draft"] } },
    onboard: { type: "Boolean", required: false, meaning: "While being onboarded" },
  },
  enforcement: "allow",
};
const viewed: EventSchemaInputs = { properties: {}, enforcement: "allow" };
const wanted = schemasOf({ asked, viewed });
const nameOf = (event: string) => `${event} (brandvx/test/schemas)`;

/** A PostHog that has the definitions of the events. */
async function described(...given: Parameters<typeof setting>): Promise<Setting> {
  const at = await setting(...given);
  for (const name of ["asked", "viewed"]) await at.byHand("post", "event_definitions/", { name });
  return at;
}

async function made(at: Setting, given: EventSchemasInputs = wanted) {
  const schemas = at.process().schemas();
  await schemas.up(given);
  return schemas;
}

async function groupOf(at: Setting, event = "asked"): Promise<LiveGroup> {
  const found = (await liveGroups(at)).find(({ name }) => name === nameOf(event));
  if (!found) throw new Error(`there is no group of ${event}`);
  return found;
}
const definitionOf = async (at: Setting, event = "asked") =>
  (await liveDefinitions(at)).find(({ name }) => name === event);
const joins = async (at: Setting) =>
  ((await at.byHand("get", "event_schemas/")) as { results: { id: string; property_group: { name: string } }[] })
    .results;
const patchGroup = async (at: Setting, change: object) =>
  at.byHand("patch", `schema_property_groups/${(await groupOf(at)).id}/`, change);
const writes = (at: Setting, mark: Parameters<Setting["twin"]["requests"]["since"]>[0]) =>
  at.twin.requests.since(mark).filter(({ method }) => method !== "GET");

describe("schemas of events", () => {
  test("are one group an event, joined to its definition; the same again asks nothing", async () => {
    await using at = await described();
    const mark = at.twin.requests.mark();
    const schemas = await made(at);
    expect(writes(at, mark), "a group and a join for each event; `allow` is PostHog's default").toHaveLength(4);
    const group = await groupOf(at);
    expect(group.description).toContain("Managed by code (brandvx/test/schemas)");
    expect(group.events.map(({ name }) => name)).toEqual(["asked"]);
    expect(group.properties).toMatchObject([
      { name: "length", property_type: "Numeric", is_required: true, validation_rules: { minimum: 0 } },
      { name: "mode", property_type: "String", is_required: true, validation_rules: { enum: ["chat", "draft"] } },
      { name: "onboard", property_type: "Boolean", is_required: false, description: "While being onboarded" },
    ]);
    const again = at.twin.requests.mark();
    expect(await schemas.up(wanted)).toBe("same");
    expect(at.twin.requests.since(again)).toEqual([]);
    expect(await schemas.refresh()).toEqual(wanted);
    expect(at.lines).toEqual([]);
  });

  test("refuse an event of which that is asked, and take all others in", async () => {
    await using at = await described();
    await made(at, schemasOf({ asked: { ...asked, enforcement: "reject" }, viewed }));
    expect(await definitionOf(at)).toMatchObject({ enforcement_mode: "reject" });
    const send = (event: string, properties: object) =>
      fetch(`${at.twin.url}/e/`, {
        method: "POST",
        body: JSON.stringify({ api_key: "phc_local", event, distinct_id: "1", properties }),
      });
    await send("asked", { length: "long", mode: "chat" });
    await send("asked", { length: 3, mode: "chat", more: true });
    await send("viewed", { more: true });
    expect(at.twin.events().map(({ event }) => event)).toEqual(["asked", "viewed"]);
  });

  test("do not fight with the descriptions of the events", async () => {
    await using at = await setting();
    const events = at.process().events();
    const catalog = catalogOf({
      asked: { description: "A prompt was sent", verified: true },
      viewed: { description: "Seen" },
    });
    await events.up(catalog);
    const strict = schemasOf({ asked: { ...asked, enforcement: "reject" }, viewed });
    const schemas = await made(at, strict);
    expect(await events.refresh()).toEqual(catalog);
    await events.up(catalogOf({ ...catalog.events, asked: { description: "Another", verified: true } }));
    expect(await schemas.refresh()).toEqual(strict);
    await schemas.destroy();
    expect(await definitionOf(at)).toMatchObject({ enforcement_mode: "allow", description: "Another", verified: true });
    await events.destroy();
    expect(await liveDefinitions(at)).toEqual([]);
  });

  test("whose group exists as defined are taken over without a write, and go with the stack that made them", async () => {
    await using at = await described();
    await made(at);
    const mark = at.twin.requests.mark();
    const schemas = await made(at);
    expect(writes(at, mark)).toEqual([]);
    await schemas.destroy();
    expect(await liveGroups(at)).toEqual([]);
  });

  test("take over a group of the same name that somebody made: it is said, and it stays when they go", async () => {
    await using at = await described();
    const properties = [{ name: "theirs", property_type: "String" }];
    await at.byHand("post", "schema_property_groups/", { name: nameOf("asked"), properties });
    const schemas = await made(at);
    expect(at.lines).toEqual([expect.stringContaining(`PostHog had a property group "${nameOf("asked")}"`)]);
    expect(await schemas.refresh()).toEqual(wanted);
    await schemas.destroy();
    expect(await liveGroups(at)).toMatchObject([{ name: nameOf("asked"), description: "", events: [] }]);
    expect(at.lines.at(-1)).toContain("stays in PostHog: it was there before");
  });

  test("leave groups, joins and the types' optionality of others alone", async () => {
    await using at = await described();
    const definition = await definitionOf(at);
    const theirs: LiveGroup = await at.byHand("post", "schema_property_groups/", { name: "Theirs" });
    await at.byHand("post", "event_schemas/", { event_definition: definition?.id, property_group_id: theirs.id });
    const schemas = await made(at);
    const [first, ...rest] = (await groupOf(at)).properties;
    await patchGroup(at, { properties: [{ ...first, is_optional_in_types: true }, ...rest] });
    expect(await schemas.refresh()).toEqual(wanted);
    await schemas.up(
      schemasOf({
        asked: { ...asked, properties: { ...asked.properties, more: asked.properties.mode ?? never() } },
        viewed,
      }),
    );
    expect((await groupOf(at)).properties).toMatchObject([{ name: "length", is_optional_in_types: true }, {}, {}, {}]);
    await schemas.destroy();
    expect(await liveGroups(at)).toMatchObject([{ name: "Theirs", events: [{ name: "asked" }] }]);
  });
});

const never = (): never => {
  throw new Error("it is there");
};

describe("what somebody changes by hand is named, and the next up puts it back:", () => {
  const properties = async (at: Setting) => (await groupOf(at)).properties;
  test.for<[string, (at: Setting) => Promise<unknown>, Partial<EventSchemaInputs> | undefined, number]>([
    [
      "a group gone",
      async (at) => at.byHand("delete", `schema_property_groups/${(await groupOf(at)).id}/`),
      undefined,
      2,
    ],
    ["another name of a group", (at) => patchGroup(at, { name: "Ours now" }), { groupName: "Ours now" }, 1],
    ["another text about a group", (at) => patchGroup(at, { description: "Ours" }), { groupDescription: "Ours" }, 1],
    [
      "a property more",
      async (at) => patchGroup(at, { properties: [...(await properties(at)), { name: "x", property_type: "Object" }] }),
      { properties: { ...asked.properties, x: { type: "Object", required: false, meaning: "" } } },
      1,
    ],
    ["all properties gone", (at) => patchGroup(at, { properties: [] }), { properties: {} }, 1],
    ...(
      [
        ["another type", { property_type: "DateTime", validation_rules: null }, { type: "DateTime", rules: undefined }],
        ["one required no more", { is_required: false }, { required: false }],
        ["other rules", { validation_rules: { minimum: 5 } }, { rules: { minimum: 5 } }],
        ["another meaning", { description: "Something else" }, { meaning: "Something else" }],
      ] as const
    ).map(([what, change, seen]): [string, (at: Setting) => Promise<unknown>, Partial<EventSchemaInputs>, number] => [
      what,
      async (at) => {
        const [first, ...rest] = await properties(at);
        return patchGroup(at, { properties: [{ ...first, ...change }, ...rest] });
      },
      {
        properties: JSON.parse(
          JSON.stringify({ ...asked.properties, length: { ...asked.properties.length, ...seen } }),
        ),
      },
      1,
    ]),
    [
      "a join gone",
      async (at) => {
        const join = (await joins(at)).find((one) => one.property_group.name === nameOf("asked"));
        return at.byHand("delete", `event_schemas/${join?.id}/`);
      },
      { notJoined: true },
      1,
    ],
    [
      "another enforcement",
      async (at) =>
        at.byHand("patch", `event_definitions/${(await definitionOf(at))?.id}/`, { enforcement_mode: "reject" }),
      { enforcement: "reject" },
      1,
    ],
  ])("%s", async ([, change, seen, requests]) => {
    await using at = await described();
    const schemas = await made(at);
    await change(at);
    expect(await schemas.refresh()).toEqual(
      schemasOf({ ...(seen && { asked: { ...asked, ...seen } }), viewed } as EventSchemasInputs["events"]),
    );
    const mark = at.twin.requests.mark();
    expect(await schemas.up(wanted)).toBe("updated");
    expect(writes(at, mark)).toHaveLength(requests);
    expect(await schemas.refresh()).toEqual(wanted);
    expect((await liveGroups(at)).map(({ name }) => name)).toEqual([nameOf("asked"), nameOf("viewed")]);
  });

  test("an event's definition gone is an error that says what to do, and all else is made", async () => {
    await using at = await described();
    const schemas = await made(at);
    await at.byHand("delete", `event_definitions/${(await definitionOf(at))?.id}/`);
    expect(await schemas.refresh()).toEqual(schemasOf({ asked: { ...asked, notJoined: true }, viewed }));
    expect(await failed(schemas.up(wanted))).toContain(
      "PostHog has no definition of asked, so that nothing can be joined to it: `pulumi up --refresh` makes it",
    );
    await at.byHand("post", "event_definitions/", { name: "asked" });
    await schemas.up(wanted);
    expect((await groupOf(at)).events).toMatchObject([{ name: "asked" }]);
  });
});

describe("schemas that go", () => {
  test("take their groups along, and `reject` with them", async () => {
    await using at = await described();
    const schemas = await made(at, schemasOf({ asked: { ...asked, enforcement: "reject" }, viewed }));
    await schemas.up(schemasOf({ viewed }));
    expect((await liveGroups(at)).map(({ name }) => name)).toEqual([nameOf("viewed")]);
    expect(await definitionOf(at)).toMatchObject({ enforcement_mode: "allow" });
    await schemas.destroy();
    expect([await liveGroups(at), await joins(at)]).toEqual([[], []]);
    expect((await liveDefinitions(at)).map(({ name }) => name)).toEqual(["asked", "viewed"]);
    expect(at.lines).toEqual([]);
  });

  test("leave a group that another event has, and what refuses an event by groups of others: both are said", async () => {
    await using at = await described();
    const schemas = await made(at, schemasOf({ asked: { ...asked, enforcement: "reject" }, viewed }));
    const other: { id: string } = await at.byHand("post", "event_definitions/", { name: "other" });
    const group = await groupOf(at);
    await at.byHand("post", "event_schemas/", { event_definition: other.id, property_group_id: group.id });
    const theirs: LiveGroup = await at.byHand("post", "schema_property_groups/", { name: "Theirs" });
    const definition = await definitionOf(at);
    await at.byHand("post", "event_schemas/", { event_definition: definition?.id, property_group_id: theirs.id });
    await schemas.destroy();
    expect(await liveGroups(at)).toMatchObject([
      { name: nameOf("asked"), description: "", events: [{ name: "other" }] },
      { name: "Theirs", events: [{ name: "asked" }] },
    ]);
    expect(await definitionOf(at)).toMatchObject({ enforcement_mode: "reject" });
    expect(at.lines).toEqual([
      "PostHog still refuses events asked that are not as its other property groups say: Theirs",
      `the property group "${nameOf("asked")}" stays in PostHog: another event has it, too`,
    ]);
  });

  test("are gone already: nothing is left to do", async () => {
    await using at = await described();
    const schemas = await made(at);
    for (const { id } of await liveGroups(at)) await at.byHand("delete", `schema_property_groups/${id}/`);
    const mark = at.twin.requests.mark();
    await schemas.destroy();
    expect(writes(at, mark)).toEqual([]);
  });

  test("are those of one stack: another one of the project keeps its own", async () => {
    await using at = await described();
    const ours = await made(at);
    const other = await made(at, { ...wanted, managedBy: "brandvx/other/schemas" });
    await ours.destroy();
    expect((await liveGroups(at)).map(({ name }) => name)).toEqual([
      "asked (brandvx/other/schemas)",
      "viewed (brandvx/other/schemas)",
    ]);
    expect(await other.refresh()).toEqual({ ...wanted, managedBy: "brandvx/other/schemas" });
  });
});

describe("an older PostHog", () => {
  test.for<[string, object]>([
    ["without schemas", { eventSchemas: false }],
    ["that has schemas for its own app alone", { eventSchemasForKeys: false }],
  ])("%s gets none: it is said once, and nothing fails", async ([, features]) => {
    await using at = await described({ features });
    const mark = at.twin.requests.mark();
    const schemas = await made(at);
    expect(at.lines).toEqual([expect.stringContaining("has no schemas of events for personal API keys")]);
    expect(schemas.state?.isAvailable).toBe(false);
    expect(await schemas.refresh()).toEqual(wanted);
    expect(await schemas.up(schemasOf({ asked }))).toBe("updated");
    await schemas.destroy();
    expect(writes(at, mark)).toEqual([]);
    expect(at.lines).toHaveLength(1);
  });

  test("that shows groups to a key, and no joins, gets none either", async () => {
    await using at = await described();
    const detail = "This action does not support personal API key access";
    const effect = { kind: "status", status: 403, detail } as const;
    at.twin.faults.add({ match: { path: /event_schemas/ }, times: "always", effect });
    const mark = at.twin.requests.mark();
    expect((await made(at)).state?.isAvailable).toBe(false);
    expect(writes(at, mark)).toEqual([]);
  });

  test("is not one that refuses a key without the scope: that is an error", async () => {
    const scopedKeys = [{ key: "phx_reads", scopes: ["dashboard:read"] }];
    await using at = await setting({ scopedKeys }, { key: "phx_reads" });
    const said = await failed(made(at));
    expect(said).toContain("API key missing required scope 'event_definition:read'");
    expect(at.lines).toEqual([]);
  });

  test("that keeps no rules gets the types; that is said once, and is no drift", async () => {
    await using at = await described({ features: { propertyRules: false } });
    const schemas = await made(at);
    expect(at.lines).toEqual([expect.stringContaining("keeps no rules of properties")]);
    expect(await schemas.refresh()).toEqual(wanted);
    await schemas.up(schemasOf({ asked: { ...asked, enforcement: "reject" }, viewed }));
    expect(at.lines).toHaveLength(1);
    expect(await definitionOf(at)).toMatchObject({ enforcement_mode: "reject" });
  });

  test("that enforces nothing takes all events in; that is said once where something is to be refused", async () => {
    await using at = await described({ features: { enterpriseDefinitions: false } });
    const schemas = await made(at);
    expect(at.lines).toEqual([]);
    const strict = schemasOf({ asked: { ...asked, enforcement: "reject" }, viewed });
    const other = at.process().schemas();
    const mark = at.twin.requests.mark();
    await other.up({ ...strict, managedBy: "brandvx/other/schemas" });
    expect(writes(at, mark).filter(({ method }) => method === "PATCH")).toEqual([]);
    expect(at.lines).toEqual([expect.stringContaining("refuses no events")]);
    expect(await other.refresh()).toEqual({ ...strict, managedBy: "brandvx/other/schemas" });
    expect(await schemas.refresh()).toEqual(wanted);
  });
});

describe("a schema is refused before anything is sent", () => {
  test.for<[string, EventSchemasInputs["events"], string]>([
    [
      "with a type that PostHog does not have",
      { asked: { ...asked, properties: { a: { type: "Duration" as "String", required: true, meaning: "" } } } },
      "type",
    ],
    [
      "with rules of another type",
      {
        asked: { ...asked, properties: { a: { type: "Boolean", required: true, meaning: "", rules: { minimum: 1 } } } },
      },
      "has rules that PostHog refuses",
    ],
    [
      "with too long a name of a property",
      { asked: { ...asked, properties: { ["a".repeat(201)]: { type: "String", required: true, meaning: "" } } } },
      "more than 200 characters",
    ],
    ["with too long a name of its group", { ["a".repeat(390)]: asked }, "has more than 400 characters"],
  ])("%s", async ([, events, said]) => {
    await using at = await setting();
    expect(await failed(at.process().schemas().up(schemasOf(events)))).toContain(said);
    expect(at.twin.requests.all()).toEqual([]);
  });
});

test("a key without the scope is refused before anything is made", async () => {
  const scopedKeys = [{ key: "phx_reads", scopes: ["dashboard:read"] }];
  await using at = await setting({ scopedKeys }, { key: "phx_reads" });
  const needs = ["event_definition:write" as const];
  expect(await failed(at.process().project().up({ projectId: 1, host: at.twin.url, needs }))).toContain(
    "it lacks event_definition:write",
  );
});
