import { describe, expect, test } from "vitest";
import { dashboardWith, place, posthog, sql, trend } from "./client.ts";

describe("a dashboard", () => {
  test("is answered with all that the server adds", async () => {
    const client = await posthog({ now: () => new Date("2026-11-22T10:00:00Z") });
    const { status, body } = await client.post("dashboards/", {
      name: "  Activation ",
      description: "Who finishes?",
      tiles: [{}],
    });
    expect(status).toBe(201);
    expect(body).toMatchInlineSnapshot(`
      {
        "access_control_version": "v2",
        "breakdown_colors": [],
        "created_at": "2026-11-22T10:00:00.000Z",
        "created_by": {
          "distinct_id": "user-501",
          "email": "platform@brandvx.example",
          "first_name": "Platform",
          "hedgehog_config": null,
          "id": 501,
          "is_email_verified": true,
          "last_name": "",
          "role_at_organization": null,
          "uuid": "a664680a-7993-5293-ad93-cc373d7fbfff",
        },
        "creation_mode": "default",
        "data_color_theme_id": null,
        "deleted": false,
        "description": "Who finishes?",
        "effective_privilege_level": 37,
        "effective_restriction_level": 21,
        "filters": {},
        "id": 1001,
        "is_shared": false,
        "last_accessed_at": null,
        "last_refresh": null,
        "last_viewed_at": null,
        "name": "Activation",
        "persisted_filters": null,
        "persisted_variables": null,
        "pinned": false,
        "quick_filter_ids": [],
        "restriction_level": 21,
        "tags": [],
        "team_id": 1,
        "tiles": [],
        "user_access_level": "manager",
        "variables": {},
      }
    `);
  });

  test("in a list has neither tiles nor filters, and pinned ones come first", async () => {
    const client = await posthog();
    await client.post("dashboards/", { name: "A" });
    await client.post("dashboards/", { name: "B", pinned: true });
    const { results } = (await client.get("dashboards/")).body;
    expect(results.map((it: { name: string }) => it.name)).toEqual(["B", "A"]);
    expect(results[0]).not.toHaveProperty("tiles");
    expect(results[0]).not.toHaveProperty("filters");
  });

  test("is found by search and by exact tags, any of them", async () => {
    const client = await posthog();
    await client.post("dashboards/", { name: "Activation", tags: ["managed", "growth"] });
    await client.post("dashboards/", { name: "Cadence", description: "after activation", tags: ["ops"] });
    const names = async (query: string) =>
      (await client.get(`dashboards/?${query}`)).body.results.map((it: { name: string }) => it.name);
    expect(await names("search=ACTIV")).toEqual(["Activation", "Cadence"]);
    expect(await names("search=ops")).toEqual(["Cadence"]);
    expect(await names("tags=growth&tags=ops")).toEqual(["Activation", "Cadence"]);
    expect(await names("tags=grow")).toEqual([]);
    expect((await client.get(`dashboards/?search=${"x".repeat(201)}`)).body).toMatchObject({
      attr: "search",
      code: "invalid_input",
    });
  });

  test("lists come in pages of 100 with absolute neighbours", async () => {
    const client = await posthog();
    for (let i = 0; i < 5; i += 1) await client.post("dashboards/", { name: `D${i}` });
    const first = (await client.get("dashboards/?limit=2")).body;
    expect(first).toMatchObject({ count: 5, previous: null });
    expect(first.next).toBe(`${client.twin.url}/api/projects/1/dashboards/?limit=2&offset=2`);
    const second = await client.get(new URL(first.next).pathname + new URL(first.next).search);
    expect(second.body.results.map((it: { name: string }) => it.name)).toEqual(["D2", "D3"]);
    expect(second.body.previous).toBe(`${client.twin.url}/api/projects/1/dashboards/?limit=2`);
  });

  test("a GET writes the time of the last look", async () => {
    const client = await posthog({ now: () => new Date("2026-11-22T10:00:00Z") });
    const { id, last_accessed_at } = (await client.post("dashboards/", { name: "A" })).body;
    expect(last_accessed_at).toBeNull();
    expect((await client.get(`dashboards/${id}/`)).body.last_accessed_at).toBe("2026-11-22T10:00:00.000Z");
  });

  test("cannot have its filters cleared: an empty object is passed over", async () => {
    const client = await posthog();
    const { id } = (await client.post("dashboards/", { name: "A", filters: { date_from: "-7d" } })).body;
    const after = (await client.patch(`dashboards/${id}/`, { filters: {} })).body;
    expect(after).toMatchObject({ filters: { date_from: "-7d" }, persisted_filters: { date_from: "-7d" } });
  });

  test.each([
    [{ name: "x".repeat(401) }, "name", "max_length", "Ensure this field has no more than 400 characters."],
    [{ name: [] }, "name", "invalid_input", "Not a valid string."],
    [{ description: null }, "description", "null", "This field may not be null."],
    [{ pinned: "maybe" }, "pinned", "invalid_input", "Must be a valid boolean."],
    [{ filters: [1] }, "filters", "invalid_input", "Filters must be a dictionary"],
    [{ restriction_level: 22 }, "restriction_level", "invalid_input", "Not a valid choice."],
    [{ use_dashboard: 5 }, "use_dashboard", "invalid_input", "Invalid value provided"],
  ])("written as %j is 400 on %s", async (fields, attr, code, detail) => {
    const client = await posthog();
    const answer = await client.post("dashboards/", { name: "A", ...fields });
    expect(answer).toMatchObject({ status: 400, body: { type: "validation_error", attr, code, detail } });
    expect(client.twin.live().dashboards).toEqual([]);
  });
});

describe("tags", () => {
  test("are trimmed, lower-cased and made unique, and their order is not kept", async () => {
    const client = await posthog();
    const written = ["Managed", " managed ", "B", "a", "Growth"];
    const { tags } = (await client.post("dashboards/", { name: "A", tags: written })).body;
    expect([...tags].sort()).toEqual(["a", "b", "growth", "managed"]);
    expect(tags).not.toEqual(["managed", "b", "a", "growth"]);
  });

  test("are dropped without a word where the organisation has no tagging", async () => {
    const client = await posthog({ features: { tagging: false } });
    const dashboard = await client.post("dashboards/", { name: "A", tags: ["managed"] });
    expect([dashboard.status, dashboard.body.tags]).toEqual([201, []]);
    const insight = await client.post("insights/", { name: "A", query: trend(), tags: ["managed"] });
    expect([insight.status, insight.body.tags]).toEqual([201, []]);
  });
});

describe("deleting a dashboard", () => {
  test("DELETE is a bare 405; PATCH deleted hides it, and only deleted: false finds it again", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client, "Steps");
    const refused = await client.delete(`dashboards/${id}/`);
    expect([refused.status, refused.body]).toEqual([405, ""]);

    expect((await client.patch(`dashboards/${id}/`, { deleted: true })).body).toMatchObject({
      deleted: true,
      tiles: [],
    });
    expect((await client.get(`dashboards/${id}/`)).body).toMatchObject({ code: "not_found", detail: "Not found." });
    expect((await client.patch(`dashboards/${id}/`, { name: "B" })).status).toBe(404);
    expect((await client.patch(`dashboards/${id}/`, { deleted: true })).status).toBe(404);
    expect((await client.get("dashboards/")).body.count).toBe(0);

    const restored = (await client.patch(`dashboards/${id}/`, { deleted: false })).body;
    expect(restored.tiles).toHaveLength(1);
  });

  test("leaves its insights, unless asked: then those on no other dashboard go too", async () => {
    const client = await posthog();
    const { id, insights } = await dashboardWith(client, "Here", "Everywhere");
    const other = (await client.post("dashboards/", { name: "Other" })).body.id;
    await client.patch(`insights/${insights[1].id}/`, { dashboards: [id, other] });

    await client.patch(`dashboards/${id}/`, { deleted: true });
    expect((await client.get(`insights/${insights[0].id}/`)).body.dashboards).toEqual([]);
    await client.patch(`dashboards/${id}/`, { deleted: false });

    await client.patch(`dashboards/${id}/`, { deleted: true, delete_insights: true });
    expect((await client.get(`insights/${insights[0].id}/`)).status).toBe(404);
    expect((await client.get(`insights/${insights[1].id}/`)).body.dashboards).toEqual([other]);
  });

  test("restoring brings back every tile it ever had, and their insights", async () => {
    const client = await posthog();
    const { id, insights, tiles } = await dashboardWith(client, "Kept", "Removed before", "Deleted before");
    await client.patch(`dashboards/${id}/`, { tiles: [{ id: tiles[1], deleted: true }] });
    await client.patch(`insights/${insights[2].id}/`, { deleted: true });
    expect((await client.get(`dashboards/${id}/`)).body.tiles).toHaveLength(1);

    await client.patch(`dashboards/${id}/`, { deleted: true });
    const restored = (await client.patch(`dashboards/${id}/`, { deleted: false })).body;
    expect(restored.tiles.map((tile: { insight: { name: string } }) => tile.insight.name).sort()).toEqual([
      "Deleted before",
      "Kept",
      "Removed before",
    ]);
  });
});

describe("a tile's query on a dashboard", () => {
  test("is as stored, with its version, while the dashboard has no filters", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client, "Steps");
    const [tile] = (await client.get(`dashboards/${id}/`)).body.tiles;
    expect(tile.insight.query).toEqual(trend("landing_view", { version: 5 }));
  });

  test("is rewritten by the dashboard's filters, and the insight's own is not", async () => {
    const client = await posthog();
    const { id, insights } = await dashboardWith(client, "Steps");
    const property = { key: "plan", value: "pro", operator: "exact", type: "event" };
    await client.patch(`dashboards/${id}/`, { filters: { date_from: "-90d", properties: [property] } });
    const [tile] = (await client.get(`dashboards/${id}/`)).body.tiles;
    expect(tile.insight.query.source).toMatchObject({
      dateRange: { date_from: "-90d", date_to: null, explicitDate: false },
      properties: [property],
      samplingFactor: null,
    });
    const own = (await client.get(`insights/${insights[0].id}/`)).body.query;
    expect(own).toEqual(trend("landing_view", { version: 5 }));
    const seenFrom = (await client.get(`insights/${insights[0].id}/?from_dashboard=${id}`)).body.query;
    expect(seenFrom).toEqual(tile.insight.query);
  });

  test("is rewritten by the tile's own filters instead, where it has some", async () => {
    const client = await posthog();
    const { id, tiles } = await dashboardWith(client, "Steps");
    await client.patch(`dashboards/${id}/`, {
      filters: { date_from: "-90d" },
      tiles: [{ id: tiles[0], filters_overrides: { date_from: "-1d" } }],
    });
    const [tile] = (await client.get(`dashboards/${id}/`)).body.tiles;
    expect(tile.insight.query.source.dateRange.date_from).toBe("-1d");
  });

  test("both property filters hold when the query has its own, and SQL is given them as filters", async () => {
    const client = await posthog();
    const dashboard = (await client.post("dashboards/", { name: "A", filters: { properties: [{ key: "b" }] } })).body;
    await client.post("insights/", { query: trend("x", { properties: [{ key: "a" }] }), dashboards: [dashboard.id] });
    await client.post("insights/", { query: sql("select 1"), dashboards: [dashboard.id] });
    const [first, second] = (await client.get(`dashboards/${dashboard.id}/`)).body.tiles;
    expect(first.insight.query.source.properties).toEqual({
      type: "AND",
      values: [
        { type: "AND", values: [{ key: "a" }] },
        { type: "AND", values: [{ key: "b" }] },
      ],
    });
    expect(second.insight.query.source.filters).toEqual({ properties: [{ key: "b" }] });
  });
});

describe("a copy of a dashboard", () => {
  test("shows the same insights in the same places", async () => {
    const client = await posthog();
    const { id, insights, tiles } = await dashboardWith(client, "Steps");
    await client.patch(`dashboards/${id}/`, { tiles: [{ id: tiles[0], layouts: place(0, 0) }] });
    const copy = (await client.post("dashboards/", { name: "Copy", use_dashboard: id })).body;
    expect(copy.creation_mode).toBe("duplicate");
    expect(copy.tiles).toMatchObject([{ insight: { id: insights[0].id }, layouts: place(0, 0) }]);
    expect(copy.tiles[0].id).not.toBe(tiles[0]);
  });
});
