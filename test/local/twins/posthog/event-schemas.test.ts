import { describe, expect, test } from "vitest";
import { type Client, posthog } from "./client.ts";

const numeric = (name: string, more: object = {}) => ({ name, property_type: "Numeric", ...more });
const send = ({ twin }: Client, event: string, properties: object) =>
  fetch(`${twin.url}/e/`, {
    method: "POST",
    body: JSON.stringify({ api_key: "phc_local", event, distinct_id: "1", properties }),
  });

async function joined(client: Client, properties: object[], mode = "reject") {
  const definition = (await client.post("event_definitions/", { name: "asked", enforcement_mode: mode })).body;
  const group = (await client.post("schema_property_groups/", { name: "Asked", properties })).body;
  const schema = await client.post("event_schemas/", { event_definition: definition.id, property_group_id: group.id });
  return { definition, group, schema };
}

describe("a group of properties", () => {
  test("has defaults, an own name, and lists the events that have it", async () => {
    const client = await posthog();
    const { definition, group, schema } = await joined(client, [numeric("b"), numeric("a", { is_required: true })]);
    expect(schema.status).toBe(201);
    expect(group).toMatchObject({ name: "Asked", description: "", events: [] });
    expect(group.properties).toMatchObject([
      { name: "a", is_required: true, is_optional_in_types: false, validation_rules: null, description: "" },
      { name: "b", is_required: false },
    ]);
    const listed = (await client.get("schema_property_groups/")).body.results;
    expect(listed).toMatchObject([{ id: group.id, events: [{ id: definition.id, name: "asked" }] }]);
    expect((await client.get("event_schemas/")).body.results).toMatchObject([
      { id: schema.body.id, event_definition: definition.id, property_group: { id: group.id } },
    ]);
    expect((await client.post("schema_property_groups/", { name: "Asked" })).body).toMatchObject({
      attr: "name",
      detail: "A property group with this name already exists for this team",
    });
  });

  test("gets all its properties anew when they are changed, and keeps them when something else is", async () => {
    const client = await posthog();
    const { group } = await joined(client, [numeric("a", { description: "A" })]);
    const path = `schema_property_groups/${group.id}/`;
    const named = (await client.patch(path, { name: "Other" })).body;
    expect(named).toMatchObject({ name: "Other", properties: [{ id: group.properties[0].id, description: "A" }] });
    const changed = (await client.patch(path, { properties: [{ ...group.properties[0], property_type: "String" }] }))
      .body;
    expect(changed.properties).toMatchObject([{ name: "a", property_type: "String" }]);
    expect(changed.properties[0].id).not.toBe(group.properties[0].id);
  });

  test("goes with its joins, and a definition with its own", async () => {
    const client = await posthog();
    const { definition, group, schema } = await joined(client, []);
    const ids = { event_definition: definition.id, property_group_id: group.id };
    const twice = await client.post("event_schemas/", ids);
    expect(twice).toMatchObject({ status: 400, body: { attr: null } });
    expect(twice.body.detail).toBe("Property group 'Asked' is already added to this event schema");
    expect((await client.delete(`event_schemas/${schema.body.id}/`)).status).toBe(204);
    expect((await client.delete(`event_schemas/${schema.body.id}/`)).status).toBe(404);
    await client.post("event_schemas/", ids);
    await client.delete(`event_definitions/${definition.id}/`);
    expect((await client.get("event_schemas/")).body.results).toEqual([]);
    expect((await client.delete(`schema_property_groups/${group.id}/`)).status).toBe(204);
    expect((await client.get("schema_property_groups/")).body.results).toEqual([]);
    expect((await client.post("event_schemas/", ids)).body).toMatchObject({ code: "does_not_exist" });
  });

  test.for<[string, object[], string]>([
    ["a type that is none", [{ name: "a", property_type: "Duration" }], "is not a valid choice"],
    ["a property twice", [numeric("a"), numeric("a")], "A property named 'a' already exists"],
    ["a rule of another type", [numeric("a", { validation_rules: { enum: ["x"] } })], "Unrecognized keys for Numeric"],
    [
      "a rule for a type without rules",
      [{ name: "a", property_type: "Boolean", validation_rules: { minimum: 1 } }],
      "not supported for Boolean",
    ],
    [
      "an empty enum",
      [{ name: "a", property_type: "String", validation_rules: { enum: [] } }],
      "'enum' list must not be empty",
    ],
  ])("is refused with %s", async ([, properties, said]) => {
    const client = await posthog();
    const answer = await client.post("schema_property_groups/", { name: "Asked", properties });
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body.detail).toContain(said);
    expect((await client.get("schema_property_groups/")).body.results).toEqual([]);
  });
});

describe("an event with a schema", () => {
  const rules = [
    numeric("length", { is_required: true, validation_rules: { minimum: 0 } }),
    numeric("cost"),
    { name: "mode", property_type: "String", is_required: true, validation_rules: { enum: ["chat", "draft"] } },
  ];
  test.for<[string, object, boolean]>([
    ["all required properties", { length: 3, mode: "chat" }, true],
    ["a number as a text", { length: "3", mode: "draft" }, true],
    ["a property that the schema does not have", { length: 3, mode: "chat", email: "ada@example.com" }, true],
    ["no optional property", { length: 3, mode: "chat", cost: null }, true],
    ["another type of an optional property", { length: 3, mode: "chat", cost: "much" }, false],
    ["a required property missing", { length: 3 }, false],
    ["a required property of another type", { length: "long", mode: "chat" }, false],
    ["a value that the rules do not allow", { length: 3, mode: "sing" }, false],
    ["a number below the rules' bound", { length: -1, mode: "chat" }, false],
  ])("and %s: stored %s where its definition rejects", async ([, properties, isStored]) => {
    const client = await posthog();
    await joined(client, rules);
    expect((await send(client, "asked", properties)).status).toBe(200);
    expect(client.twin.events()).toHaveLength(isStored ? 1 : 0);
  });

  test("is stored as it comes where its definition allows", async () => {
    const client = await posthog();
    await joined(client, rules, "allow");
    await send(client, "asked", {});
    expect(client.twin.events()).toHaveLength(1);
  });
});

describe("older releases", () => {
  test("have no schemas, or none for personal keys, or no rules", async () => {
    const none = await posthog({ features: { eventSchemas: false } });
    expect((await none.get("schema_property_groups/")).status).toBe(404);
    const refused = await posthog({ features: { eventSchemasForKeys: false } });
    expect(await refused.get("event_schemas/")).toMatchObject({
      status: 403,
      body: { detail: "This action does not support personal API key access" },
    });
    const plain = await posthog({ features: { propertyRules: false } });
    const { group } = await joined(plain, [numeric("a", { validation_rules: { minimum: 1 } })]);
    expect(group.properties[0]).not.toHaveProperty("validation_rules");
  });
});
