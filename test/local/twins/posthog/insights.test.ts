import { describe, expect, test } from "vitest";
import { dashboardWith, funnel, posthog, sql, trend } from "./client.ts";

describe("an insight", () => {
  test("keeps its query to the letter and shows it with versions, without touching what was sent", async () => {
    const client = await posthog();
    const query = { kind: "InsightVizNode", source: { kind: "TrendsQuery", series: [{ event: "a" }, { id: 3 }] } };
    const { status, body } = await client.post("insights/", { name: "Steps", query });
    expect(status).toBe(201);
    expect(client.twin.live().insights[0]?.query).toEqual(query);
    for (const shown of [body, (await client.get(`insights/${body.id}/`)).body]) {
      expect(shown.query).toEqual({
        kind: "InsightVizNode",
        source: {
          kind: "TrendsQuery",
          version: 5,
          series: [
            { kind: "EventsNode", event: "a" },
            { kind: "ActionsNode", id: 3 },
          ],
        },
      });
    }
  });

  test("is found by number and by short id", async () => {
    const client = await posthog();
    const { id, short_id } = (await client.post("insights/", { name: "Steps" })).body;
    expect(short_id).toMatch(/^\w{8}$/);
    expect((await client.get(`insights/${id}/`)).body.short_id).toBe(short_id);
    expect((await client.get(`insights/${short_id}/`)).body.id).toBe(id);
    expect((await client.patch(`insights/${short_id}/`, { name: "B" })).body).toMatchObject({ id, name: "B" });
    expect((await client.get("insights/nosuchid/")).status).toBe(404);
  });

  test("carries no results: a plain GET never computes", async () => {
    const client = await posthog();
    const { body } = await client.post("insights/", { name: "Steps", query: trend() });
    expect(body).toMatchObject({
      result: null,
      columns: null,
      last_refresh: null,
      is_cached: false,
      query_status: null,
    });
    expect(body.filters_hash).toMatch(/^cache_/);
  });

  test("has the derived name that the web app sent, and no other", async () => {
    const client = await posthog();
    const made = async (body: object) => (await client.post("insights/", { ...body })).body;
    const unnamed = await made({ query: trend("ask.prompt_submitted") });
    expect([unnamed.derived_name, (await made({ query: trend(), name: "" })).derived_name]).toEqual([null, null]);
    const named = { derived_name: "Prompts count", query: trend("ask.error") };
    expect((await client.patch(`insights/${unnamed.id}/`, named)).body.derived_name).toBe("Prompts count");
    expect((await client.patch(`insights/${unnamed.id}/`, { query: trend() })).body.derived_name).toBe("Prompts count");
  });

  test("is a saved one, and becomes one again by any update that does not say otherwise", async () => {
    const client = await posthog();
    const { id, saved } = (await client.post("insights/", { name: "Steps", query: trend() })).body;
    expect(saved).toBe(true);
    expect((await client.patch(`insights/${id}/`, { saved: false })).body.saved).toBe(false);
    expect((await client.patch(`insights/${id}/`, { favorited: true })).body.saved).toBe(true);
  });

  test("is modified by a name or a description, and only updated by anything else, a query too", async () => {
    let now = new Date("2026-11-27T09:00:00Z");
    const client = await posthog({ now: () => now });
    const { id } = (await client.post("insights/", { name: "Steps", query: trend() })).body;
    const times = async (change: Record<string, unknown>) => {
      now = new Date(now.getTime() + 60_000);
      const { updated_at, last_modified_at } = (await client.patch(`insights/${id}/`, change)).body;
      return { isUpdated: updated_at === now.toISOString(), isModified: last_modified_at === now.toISOString() };
    };
    expect(await times({ query: trend("ask.error") })).toEqual({ isUpdated: true, isModified: false });
    expect(await times({ favorited: true })).toEqual({ isUpdated: true, isModified: false });
    expect(await times({ name: "Errors" })).toEqual({ isUpdated: true, isModified: true });
    expect(await times({ description: "why" })).toEqual({ isUpdated: true, isModified: true });
  });

  test.each([
    [{ query: "select 1" }, 400, { attr: "query", detail: "Query must be a valid JSON object" }],
    [{ query: [1] }, 400, { attr: "query", code: "invalid_input" }],
    [{ dashboards: "1001" }, 400, { attr: "dashboards", detail: 'Expected a list of items but got type "str".' }],
    [{ tags: [null] }, 400, { attr: "tags", code: "null" }],
    [{ filters: { events: [] } }, 403, { code: "permission_denied" }],
  ])("written as %j is %i", async (fields, status, body) => {
    const client = await posthog();
    expect(await client.post("insights/", { name: "Steps", ...fields })).toMatchObject({ status, body });
    expect(client.twin.live().insights).toEqual([]);
  });

  test("with a query that the team's write validation refuses is 400 on query", async () => {
    const client = await posthog({
      validateQuery: (query) => (query.kind === "TrendsQuery" ? "A wrapper is missing." : null),
    });
    const refused = await client.post("insights/", { query: trend().source });
    expect(refused.body).toMatchObject({ attr: "query", detail: "A wrapper is missing." });
    expect((await client.post("insights/", { query: trend() })).status).toBe(201);
  });

  test("leaves the deprecated list of dashboards out once PostHog enforces that, unless asked for", async () => {
    const client = await posthog({ features: { dashboardsField: false } });
    const { id, insights } = await dashboardWith(client, "Steps");
    expect(insights[0]).not.toHaveProperty("dashboards");
    expect(insights[0].dashboard_tiles).toMatchObject([{ dashboard_id: id }]);
    expect((await client.get(`insights/${insights[0].id}/?include_dashboards=true`)).body.dashboards).toEqual([id]);
  });
});

describe("deleting an insight", () => {
  test("DELETE is a bare 405; PATCH deleted hides it everywhere; only a literal false restores it, without its tiles", async () => {
    const client = await posthog();
    const { id: dashboard, insights } = await dashboardWith(client, "Steps");
    const path = `insights/${insights[0].id}/`;
    const refused = await client.delete(path);
    expect([refused.status, refused.body]).toEqual([405, ""]);

    await client.patch(path, { deleted: true });
    expect((await client.get(path)).status).toBe(404);
    expect((await client.get(`insights/${insights[0].short_id}/`)).status).toBe(404);
    expect((await client.get("insights/")).body.count).toBe(0);
    expect((await client.get(`dashboards/${dashboard}/`)).body.tiles).toEqual([]);

    expect((await client.patch(path, { name: "B" })).status).toBe(404);
    expect((await client.patch(path, { deleted: "false" })).status).toBe(404);
    const restored = (await client.patch(path, { deleted: false })).body;
    expect(restored).toMatchObject({ deleted: false, dashboards: [] });
    expect((await client.patch(path, { dashboards: [dashboard] })).body.dashboards).toEqual([dashboard]);
  });
});

describe("a list of insights", () => {
  test("is narrowed by short id, search, tags, dashboards, author, favourites and saved", async () => {
    const client = await posthog();
    const { id: dashboard, insights } = await dashboardWith(client, "Steps");
    const other = (await client.post("dashboards/", { name: "Other" })).body.id;
    await client.post("insights/", { name: "Prompts", tags: ["AI", "growth"], saved: true, favorited: true });
    const unnamed = { query: trend("ask.error"), derived_name: "ask.error count" };
    await client.post("insights/", { ...unnamed, description: "why it fails", saved: false });
    await client.patch(`insights/${insights[0].id}/`, { dashboards: [dashboard, other], saved: false });

    const named = async (query: Record<string, string>) =>
      (await client.get(`insights/?${new URLSearchParams(query)}`)).body.results.map(
        (it: { name: string | null; derived_name: string | null }) => it.name ?? it.derived_name,
      );
    expect(await named({ short_id: insights[0].short_id })).toEqual(["Steps"]);
    expect(await named({ search: "ask.ERR" })).toEqual(["ask.error count"]);
    expect(await named({ search: "fails" })).toEqual(["ask.error count"]);
    expect(await named({ tags: '["ai","none"]' })).toEqual(["Prompts"]);
    expect(await named({ dashboards: `[${dashboard},${other}]` })).toEqual(["Steps"]);
    expect(await named({ dashboards: `[${dashboard},99]` })).toEqual([]);
    expect(await named({ created_by: "[501]" })).toHaveLength(3);
    expect(await named({ created_by: "[502]" })).toEqual([]);
    expect(await named({ favorited: "true" })).toEqual(["Prompts"]);
    expect(await named({ saved: "true" })).toEqual(["Steps", "Prompts"]);
    expect(await named({ saved: "false" })).toEqual(["Steps", "ask.error count"]);
    expect((await client.get("insights/?tags=ai")).body).toMatchObject({ attr: "tags" });
  });

  test("in basic form has the query and the tiles but no results", async () => {
    const client = await posthog();
    const { insights } = await dashboardWith(client, "Steps");
    const [basic] = (await client.get("insights/?basic=true")).body.results;
    expect(basic).toMatchObject({ id: insights[0].id, query: trend("landing_view", { version: 5 }) });
    expect(basic.dashboard_tiles).toHaveLength(1);
    expect(basic).not.toHaveProperty("result");
    expect(basic).not.toHaveProperty("alerts");
  });
});

describe("an insight's alerts", () => {
  const alertOn = (insight: number) => ({
    name: "Too few",
    insight,
    subscribed_users: [],
    threshold: { configuration: { type: "absolute", bounds: { lower: 5 } } },
    condition: { type: "absolute_value" },
    config: { type: "TrendsAlertConfig", series_index: 0 },
  });

  test.each([
    ["it is deleted", { deleted: true }, 0],
    ["its query becomes a funnel", { query: funnel("a", "b") }, 1],
    ["its query becomes one of retention", { query: { kind: "RetentionQuery" } }, 0],
    ["its query becomes another trend", { query: trend("b") }, 1],
    ["its query becomes SQL", { query: sql("select 1") }, 1],
    ["its name changes", { name: "B" }, 1],
  ])("when %s, %j leaves %i of them", async (_, change, left) => {
    const client = await posthog();
    const { id } = (await client.post("insights/", { name: "Steps", query: trend() })).body;
    await client.post("alerts/", alertOn(id));
    expect((await client.get(`insights/${id}/`)).body.alerts).toHaveLength(1);
    await client.patch(`insights/${id}/`, change);
    expect(client.twin.live().alerts).toHaveLength(left);
  });

  test("are deleted when its query becomes a funnel in a release that has no alerts on funnels", async () => {
    const client = await posthog({ features: { funnelAlerts: false } });
    const { id } = (await client.post("insights/", { name: "Steps", query: trend() })).body;
    await client.post("alerts/", alertOn(id));
    await client.patch(`insights/${id}/`, { query: funnel("a", "b") });
    expect(client.twin.live().alerts).toEqual([]);
  });
});
