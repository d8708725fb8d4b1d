import { describe, expect, test } from "vitest";
import { dashboardWith, posthog } from "./client.ts";

describe("an event definition", () => {
  test("may exist before its event: then it was never seen", async () => {
    const client = await posthog();
    const { status, body } = await client.post("event_definitions/", {
      name: "onboarding.stepper_open",
      description: "The stepper opened",
      tags: ["Onboarding"],
      owner: 502,
      verified: true,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      created_at: null,
      last_seen_at: null,
      tags: ["onboarding"],
      owner: { id: 502, email: "on-call@brandvx.example" },
      verified: true,
      verified_by: { id: 501 },
    });
    expect((await client.get("event_definitions/by_name/?name=onboarding.stepper_open")).body).toEqual(body);
  });

  test("is adopted when its event comes in", async () => {
    const client = await posthog({ now: () => new Date("2026-11-22T10:00:00Z") });
    const { id } = (await client.post("event_definitions/", { name: "a", description: "kept" })).body;
    await client.post("/e/", { api_key: "phc_local", event: "a", distinct_id: "p" });
    expect((await client.get(`event_definitions/${id}/`)).body).toMatchObject({
      description: "kept",
      created_at: "2026-11-22T10:00:00.000Z",
      last_seen_at: "2026-11-22T10:00:00.000Z",
    });
    expect((await client.get("event_definitions/")).body.count).toBe(1);
  });

  test("of a name that is taken is 400, and its own name cannot be changed", async () => {
    const client = await posthog();
    const { id } = (await client.post("event_definitions/", { name: "a" })).body;
    expect((await client.post("event_definitions/", { name: "a" })).body).toMatchObject({
      attr: "name",
      detail: "Event definition with name 'a' already exists",
    });
    expect((await client.patch(`event_definitions/${id}/`, { name: "b", description: "x" })).body).toMatchObject({
      name: "a",
      description: "x",
    });
  });

  test("is never verified and hidden at once", async () => {
    const client = await posthog();
    const { id } = (await client.post("event_definitions/", { name: "a", verified: true })).body;
    const patch = async (change: Record<string, unknown>) =>
      (await client.patch(`event_definitions/${id}/`, change)).body;
    expect((await patch({ verified: true, hidden: true })).detail).toBe("An event cannot be both hidden and verified");
    expect(await patch({ hidden: true })).toMatchObject({ verified: false, verified_by: null, hidden: true });
    expect(await patch({ verified: true })).toMatchObject({ verified: true, hidden: false });
  });

  test("has no description on a build without it", async () => {
    const client = await posthog({ features: { enterpriseDefinitions: false } });
    const { status, body } = await client.post("event_definitions/", { name: "a" });
    expect(status).toBe(201);
    for (const field of ["description", "owner", "verified", "hidden"]) expect(body).not.toHaveProperty(field);
    expect((await client.post("event_definitions/", { name: "b", description: "x" })).body).toMatchObject({
      attr: "description",
      detail: "This field is not supported by this deployment.",
    });
  });

  test("not found by name is 404 with a bare detail; deleted is gone", async () => {
    const client = await posthog();
    expect(await client.get("event_definitions/by_name/?name=x")).toMatchObject({
      status: 404,
      body: { detail: expect.any(String) },
    });
    const { id } = (await client.post("event_definitions/", { name: "a" })).body;
    expect((await client.delete(`event_definitions/${id}/`)).status).toBe(204);
    expect((await client.get(`event_definitions/${id}/`)).status).toBe(404);
  });
});

describe("a property definition", () => {
  test("appears with the first event that carries it, with the type of its first telling value", async () => {
    const client = await posthog();
    const capture = (event: string, properties: object) =>
      client.post("/e/", { api_key: "phc_local", event, distinct_id: "p", properties });
    await capture("a", { step: "profile", position: null, $set: { plan: "pro" } });
    await capture("b", { position: 3, at: "2026-11-22T10:00:00Z", fallback: true, step: 7 });
    const list = async (query: string) =>
      Object.fromEntries(
        (await client.get(`property_definitions/?${query}`)).body.results.map(
          (it: { name: string; property_type: string }) => [it.name, it.property_type],
        ),
      );
    expect(await list("type=event")).toEqual({
      at: "DateTime",
      fallback: "Boolean",
      position: "Numeric",
      step: "String",
    });
    expect(await list("properties=step,at")).toEqual({ at: "DateTime", step: "String" });
    expect(await list("type=person")).toEqual({ plan: "String" });
    expect(await list('event_names=["a"]&filter_by_event_names=true')).toEqual({ position: "Numeric", step: "String" });
    const { results } = (await client.get('property_definitions/?event_names=["a"]&search=AT')).body;
    expect(results).toMatchObject([{ name: "at", is_seen_on_filtered_events: false, is_numerical: false }]);
  });

  test("takes a description and a type, and not a name", async () => {
    const client = await posthog();
    await client.post("/e/", { api_key: "phc_local", event: "a", distinct_id: "p", properties: { ms: "12" } });
    const [{ id }] = (await client.get("property_definitions/")).body.results;
    const after = (
      await client.patch(`property_definitions/${id}/`, {
        name: "x",
        description: "How long",
        property_type: "Numeric",
      })
    ).body;
    expect(after).toMatchObject({ name: "ms", description: "How long", property_type: "Numeric", is_numerical: true });
    expect((await client.patch(`property_definitions/${id}/`, { property_type: "Number" })).body.code).toBe(
      "invalid_choice",
    );
  });
});

describe("an annotation", () => {
  test("marks a deploy, is deleted softly and restored by a PATCH", async () => {
    const client = await posthog();
    const { id: dashboard } = await dashboardWith(client);
    const { id } = (
      await client.post("annotations/", {
        content: "Release 1.2",
        date_marker: "2026-11-22T10:00:00Z",
        scope: "dashboard",
        dashboard_id: dashboard,
        creation_type: "GIT",
      })
    ).body;
    expect((await client.get(`annotations/${id}/`)).body).toMatchObject({
      content: "Release 1.2",
      dashboard_name: "Activation",
      creation_type: "GIT",
    });
    expect((await client.delete(`annotations/${id}/`)).status).toBe(405);
    await client.patch(`annotations/${id}/`, { deleted: true });
    expect((await client.get(`annotations/${id}/`)).status).toBe(404);
    expect((await client.get("annotations/")).body.count).toBe(0);
    await client.patch(`annotations/${id}/`, { deleted: false });
    expect((await client.get("annotations/?search=release")).body.count).toBe(1);
    expect((await client.post("annotations/", { scope: "team" })).body).toMatchObject({
      attr: "scope",
      code: "invalid_choice",
    });
    expect((await client.post("annotations/", { dashboard_item: 9 })).body.attr).toBe("dashboard_item");
  });
});

describe("a feature flag", () => {
  test("gains what its filters did not say, has a key of its own, and is deleted softly", async () => {
    const client = await posthog();
    const { status, body } = await client.post("feature_flags/", {
      key: "new-stepper",
      filters: { groups: [{ rollout_percentage: 50 }] },
    });
    expect(status).toBe(201);
    expect(body.filters).toEqual({
      groups: [{ properties: [], rollout_percentage: 50, variant: null }],
      multivariate: null,
      payloads: {},
      aggregation_group_type_index: null,
    });
    expect((await client.post("feature_flags/", { key: "new-stepper" })).body).toMatchObject({
      attr: "key",
      code: "unique",
    });
    expect((await client.delete(`feature_flags/${body.id}/`)).status).toBe(405);
    await client.patch(`feature_flags/${body.id}/`, { key: "new-stepper", deleted: true });
    expect((await client.get(`feature_flags/${body.id}/`)).status).toBe(404);
    expect((await client.post("feature_flags/", { key: "new-stepper" })).status).toBe(201);
  });
});

describe("a variable of SQL insights", () => {
  test("has a code name made of its name", async () => {
    const client = await posthog();
    const { id, code_name } = (
      await client.post("insight_variables/", { name: "Sending Channel!", type: "String", default_value: "sms" })
    ).body;
    expect(code_name).toBe("sending_channel");
    expect((await client.patch(`insight_variables/${id}/`, { default_value: "email" })).body.default_value).toBe(
      "email",
    );
    expect((await client.post("insight_variables/", { name: "Sending channel", type: "String" })).status).toBe(400);
    expect((await client.delete(`insight_variables/${id}/`)).status).toBe(204);
    expect((await client.get("insight_variables/")).body.count).toBe(0);
  });
});
