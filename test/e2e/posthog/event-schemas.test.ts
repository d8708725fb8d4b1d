import { expect, test } from "vitest";
import { httpClient } from "../../local/twins/http-client.ts";
import { posthogStack } from "./stack.ts";

/** A program with the descriptions of the events and, where the stack says so, their schemas. */
const eventsOnly = `
import { events } from "./src/catalog/events.ts";
import { Product, readSettings } from "./src/platform/index.ts";

const { posthog, teams, eventSchemas } = readSettings({ events, dashboards: [], insightAlerts: [], sentryAlerts: [] });
new Product("product", { ...posthog, teams, dashboards: [], alerts: [], events, eventSchemas });
`;

interface Group {
  readonly id: string;
  readonly name: string;
  readonly properties: readonly { name: string; property_type: string; is_required: boolean }[];
  readonly events: readonly { name: string }[];
}

test("schemas are made where the stack says so, unchanged without a request, drifted by field, healed, replaced, enforced and deleted", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  stack.edit("index.ts", () => eventsOnly);
  const client = httpClient(posthog.url, { Authorization: `Bearer ${posthog.personalApiKey}` });
  const all = async <Row>(path: string) =>
    ((await client.get(`/api/projects/1/${path}/?limit=200`)).body as { results: Row[] }).results;
  const groups = () => all<Group>("schema_property_groups");
  const groupOf = async (event: string) => {
    const found = (await groups()).find(({ name }) => name.startsWith(`${event} (`));
    if (!found) throw new Error(`there is no group of ${event}`);
    return found;
  };
  const modeOf = async (event: string) =>
    (await all<{ id: string; name: string; enforcement_mode: string }>("event_definitions")).find(
      ({ name }) => name === event,
    );
  const writes = (mark: ReturnType<typeof posthog.requests.mark>) =>
    posthog.requests.since(mark).filter(({ method }) => method !== "GET");

  // Made with the definitions in one run; answers to making a group and a join are lost: found again, not made twice.
  stack.configure({ posthogEventSchemas: "true" });
  for (const path of [/schema_property_groups\/$/, /event_schemas\/$/])
    posthog.faults.add({ match: { method: "POST", path }, effect: { kind: "reset-after" } });
  const first = await stack.up();
  expect(first.exitCode, first.text).toBe(0);
  const definitions = await all<{ name: string }>("event_definitions");
  expect(definitions.length).toBeGreaterThan(10);
  expect((await groups()).flatMap(({ events }) => events.map(({ name }) => name)).toSorted()).toEqual(
    definitions.map(({ name }) => name).toSorted(),
  );
  expect((await groupOf("ask.rated")).properties).toMatchObject([
    { name: "answer_id", property_type: "String", is_required: true },
    { name: "onboard", property_type: "Boolean" },
    { name: "rating", property_type: "Numeric", validation_rules: { minimum: 1 } },
  ]);

  const mark = posthog.requests.mark();
  const same = await stack.up("--expect-no-changes");
  expect(same.exitCode, same.text).toBe(0);
  expect(posthog.requests.since(mark)).toEqual([]);

  const rated = await groupOf("ask.rated");
  const patch = (path: string, body: object) => client.patch(`/api/projects/1/${path}/`, body);
  const properties = rated.properties.map((one) =>
    one.name === "rating"
      ? { ...one, property_type: "String", validation_rules: null }
      : { ...one, is_required: false },
  );
  expect((await patch(`schema_property_groups/${rated.id}`, { properties })).status).toBe(200);
  await client.delete(`/api/projects/1/schema_property_groups/${(await groupOf("ask.shared")).id}/`);
  await patch(`event_definitions/${(await modeOf("landing_view"))?.id}`, { enforcement_mode: "reject" });
  const drifted = await stack.refreshPreview();
  expect(drifted.exitCode, drifted.text).toBe(7);
  expect(drifted.text).toMatch(/type *: "Numeric" => "String"/);
  expect(drifted.text).toMatch(/required *: true => false/);
  expect(drifted.text).toMatch(/enforcement *: "allow" => "reject"/);
  expect(drifted.text).toContain("ask.shared");
  const healing = posthog.requests.mark();
  const healed = await stack.up("--refresh", "--run-program");
  expect(healed.exitCode, healed.text).toBe(0);
  expect(writes(healing), "a group changed, one made and joined, a mode").toHaveLength(4);
  expect((await stack.refreshPreview()).exitCode).toBe(0);

  // Replaced although they are the same: taken over by the new one, and left by the old one.
  const before = await groups();
  const replaced = await stack.up("--replace", "**posthog:EventSchemas::schemas");
  expect(replaced.exitCode, replaced.text).toBe(0);
  expect(await groups()).toEqual(before);

  // Enforced: what is not as the schema says is refused at the door.
  stack.edit("src/catalog/event-schemas.ts", (text) =>
    text.replace("enforcedEvents: readonly EventName[] = []", 'enforcedEvents: readonly EventName[] = ["ask.rated"]'),
  );
  const enforced = await stack.up();
  expect(enforced.exitCode, enforced.text).toBe(0);
  for (const rating of ["much", 5])
    await fetch(`${posthog.url}/e/`, {
      method: "POST",
      body: JSON.stringify({
        ...{ api_key: posthog.projectKey, event: "ask.rated", distinct_id: "1" },
        properties: { onboard: false, answer_id: "1", rating },
      }),
    });
  expect(posthog.events().map(({ properties: sent }) => sent.rating)).toEqual([5]);

  // Off again: the schemas go, and the definitions stay.
  stack.configure({ posthogEventSchemas: "false" });
  const off = await stack.up();
  expect(off.exitCode, off.text).toBe(0);
  expect(await groups()).toEqual([]);
  expect(await modeOf("ask.rated")).toMatchObject({ enforcement_mode: "allow" });
  expect(await all("event_definitions")).toHaveLength(definitions.length);
});
