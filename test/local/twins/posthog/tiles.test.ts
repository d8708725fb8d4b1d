import { describe, expect, test } from "vitest";
import { dashboardWith, place, posthog, trend } from "./client.ts";

describe("attaching an insight", () => {
  test("writes the whole set of dashboards: a missing one is removed, a returning one has its old place", async () => {
    const client = await posthog();
    const { id, insights, tiles } = await dashboardWith(client, "Steps");
    const other = (await client.post("dashboards/", { name: "Other" })).body.id;
    await client.patch(`dashboards/${id}/`, { tiles: [{ id: tiles[0], layouts: place(3, 7), color: "blue" }] });
    const path = `insights/${insights[0].id}/`;

    const moved = (await client.patch(path, { dashboards: [other] })).body;
    expect(moved.dashboards).toEqual([other]);
    expect(moved.dashboard_tiles).toMatchObject([{ dashboard_id: other }]);
    expect((await client.get(`dashboards/${id}/`)).body.tiles).toEqual([]);

    await client.patch(path, { dashboards: [other, id] });
    expect((await client.get(`dashboards/${id}/`)).body.tiles).toMatchObject([
      { id: tiles[0], layouts: place(3, 7), color: "blue" },
    ]);
  });

  test("gives a new tile no place", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client, "Steps");
    const [tile] = (await client.get(`dashboards/${id}/`)).body.tiles;
    expect(tile.layouts).toEqual({});
    expect(Object.keys(tile).sort()).toEqual([
      "button_tile",
      "color",
      "filters_overrides",
      "id",
      "insight",
      "is_cached",
      "last_refresh",
      "layouts",
      "order",
      "show_description",
      "text",
      "transparent_background",
      "widget",
    ]);
  });

  test("to a dashboard that is gone or never was is 400", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client);
    await client.patch(`dashboards/${id}/`, { deleted: true });
    for (const dashboard of [id, 99]) {
      expect((await client.post("insights/", { query: trend(), dashboards: [dashboard] })).body).toEqual({
        type: "validation_error",
        code: "does_not_exist",
        detail: `Invalid pk "${dashboard}" - object does not exist.`,
        attr: "dashboards",
      });
    }
    expect(client.twin.live().insights).toEqual([]);
  });
});

describe("PATCH tiles", () => {
  test("cannot add an insight, says 200 all the same, and passes over what is not on this dashboard", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client);
    const other = await dashboardWith(client, "Elsewhere");
    const answer = await client.patch(`dashboards/${id}/`, {
      tiles: [
        { insight: { id: other.insights[0].id }, layouts: place(0, 0) },
        { id: 99, layouts: place(0, 0) },
        { id: other.tiles[0], layouts: place(9, 9) },
      ],
    });
    expect([answer.status, answer.body.tiles]).toEqual([200, []]);
    expect((await client.get(`dashboards/${other.id}/`)).body.tiles[0].layouts).toEqual({});
  });

  test("places and paints the tiles it names and leaves the others alone; layouts are kept to the letter", async () => {
    const client = await posthog();
    const { id, tiles } = await dashboardWith(client, "A", "B");
    const layouts = {
      sm: { x: 6, y: 0, w: 6, h: 5, i: "1", minW: 2, moved: false, static: false },
      xs: { x: 0, y: 0, w: 1, h: 5 },
    };
    const { body } = await client.patch(`dashboards/${id}/`, {
      tiles: [{ id: tiles[0], layouts, color: "blue", show_description: true, order: 9 }],
    });
    const byId = (tile: number) => body.tiles.find((it: { id: number }) => it.id === tile);
    expect(byId(tiles[0] ?? 0)).toMatchObject({ layouts, color: "blue", show_description: true });
    expect(byId(tiles[1] ?? 0)).toMatchObject({ layouts: {}, color: null, show_description: null });
  });

  test("tiles are answered by place, row first, and those without one last", async () => {
    const client = await posthog();
    const { id, tiles } = await dashboardWith(client, "unplaced", "below", "right", "left");
    const { body } = await client.patch(`dashboards/${id}/`, {
      tiles: [
        { id: tiles[1], layouts: place(0, 5) },
        { id: tiles[2], layouts: place(6, 0) },
        { id: tiles[3], layouts: place(0, 0) },
      ],
    });
    expect(
      body.tiles.map((tile: { order: number; insight: { name: string } }) => [tile.order, tile.insight.name]),
    ).toEqual([
      [0, "left"],
      [1, "right"],
      [2, "below"],
      [3, "unplaced"],
    ]);
  });

  test("adds a text, edits it by its id, and makes a new one where the id is left out", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client);
    const patch = async (tile: object) => (await client.patch(`dashboards/${id}/`, { tiles: [tile] })).body.tiles;
    const [made] = await patch({ text: { body: "## Managed by code  \n" }, layouts: place(0, 0, 12, 1), color: "" });
    expect(made).toMatchObject({
      insight: null,
      color: "",
      layouts: place(0, 0, 12, 1),
      text: { body: "## Managed by code" },
    });

    const [edited] = await patch({ id: made.id, text: { id: made.text.id, body: "Changed" } });
    expect(edited).toMatchObject({
      id: made.id,
      text: { id: made.text.id, body: "Changed" },
      layouts: place(0, 0, 12, 1),
    });

    const [replaced] = await patch({ id: made.id, text: { body: "Again" } });
    expect(replaced.id).toBe(made.id);
    expect(replaced.text.id).not.toBe(made.text.id);
  });

  test("a text of more than 4000 characters or of another dashboard is 400, and nothing of the PATCH is kept", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client);
    const other = await dashboardWith(client);
    const [text] = (await client.patch(`dashboards/${other.id}/`, { tiles: [{ text: { body: "There" } }] })).body.tiles;
    const patch = (tile: object) => client.patch(`dashboards/${id}/`, { name: "Renamed", tiles: [tile] });
    expect((await patch({ text: { body: "x".repeat(4001) } })).body).toMatchObject({
      code: "max_length",
      detail: "Text body cannot exceed 4000 characters",
      attr: "text__body",
    });
    expect((await patch({ text: { id: text.text.id, body: "Mine" } })).body.detail).toBe("Text tile not found.");
    expect((await patch({ text: { id: 9, body: "Mine" } })).body.detail).toBe("Text tile not found in this team.");
    expect((await client.get(`dashboards/${id}/`)).body).toMatchObject({ name: "Activation", tiles: [] });
  });

  test("adds a button that leads to a URL or a path", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client);
    const patch = (button: object) => client.patch(`dashboards/${id}/`, { tiles: [{ button_tile: button }] });
    expect((await patch({ url: "javascript:alert(1)", text: "Go" })).body.attr).toBe("button_tile__url");
    expect((await patch({ url: "/x", text: "Go", placement: "middle" })).body.code).toBe("invalid_choice");
    const [button] = (await patch({ url: "https://brandvx.example/runbook", text: "Runbook" })).body.tiles;
    expect(button.button_tile).toMatchObject({ text: "Runbook", placement: "left", style: "primary" });
  });

  test("removes softly, and brings back", async () => {
    const client = await posthog();
    const { id, tiles, insights } = await dashboardWith(client, "A");
    const patch = async (deleted: boolean) =>
      (await client.patch(`dashboards/${id}/`, { tiles: [{ id: tiles[0], deleted }] })).body.tiles.length;
    expect(await patch(true)).toBe(0);
    expect((await client.get(`insights/${insights[0].id}/`)).body.dashboard_tiles).toEqual([]);
    expect(await patch(false)).toBe(1);
  });
});

describe("actions on tiles", () => {
  test("create_text_tile keeps only what it knows of a layout", async () => {
    const client = await posthog();
    const { id } = await dashboardWith(client);
    const answer = await client.post(`dashboards/${id}/create_text_tile/`, {
      body: "Hello",
      layouts: { sm: { x: 0, y: 0, w: 12, h: 1, i: "7" } },
    });
    expect(answer).toMatchObject({ status: 201, body: { text: { body: "Hello" } } });
    expect(answer.body.layouts).toEqual(place(0, 0, 12, 1));
    expect((await client.post(`dashboards/${id}/create_text_tile/`, { body: "" })).body).toMatchObject({
      attr: "body",
      code: "blank",
    });
    expect((await client.post(`dashboards/${id}/create_text_tile/`, {})).body).toMatchObject({
      attr: "body",
      code: "required",
    });
  });

  test("update_text_tile changes body, place and colour, and refuses an insight's tile", async () => {
    const client = await posthog();
    const { id, tiles } = await dashboardWith(client, "A");
    const made = (await client.post(`dashboards/${id}/create_text_tile/`, { body: "Hello", color: "blue" })).body;
    const update = (body: Record<string, unknown>) => client.post(`dashboards/${id}/update_text_tile/`, body);
    expect((await update({ tile_id: made.id, body: "Bye", color: null })).body).toMatchObject({
      id: made.id,
      color: null,
      text: { id: made.text.id, body: "Bye" },
    });
    expect((await update({ tile_id: tiles[0], body: "Bye" })).body.detail).toBe("Tile is not a text tile.");
    expect((await update({ tile_id: 9, body: "Bye" })).status).toBe(404);
  });

  test("delete_tile removes softly and closes the gap in every layout", async () => {
    const client = await posthog();
    const { id, tiles } = await dashboardWith(client, "top", "below", "beside");
    await client.patch(`dashboards/${id}/`, {
      tiles: [
        { id: tiles[0], layouts: place(0, 0) },
        { id: tiles[1], layouts: { sm: { x: 0, y: 5, w: 6, h: 5, i: "2" }, xs: { x: 0, y: 5, w: 1, h: 5 } } },
        { id: tiles[2], layouts: place(6, 0) },
      ],
    });
    const answer = await client.post(`dashboards/${id}/delete_tile/`, { tile_id: tiles[0] });
    expect([answer.status, answer.body]).toEqual([204, ""]);
    const [first, second] = (await client.get(`dashboards/${id}/`)).body.tiles;
    expect(first.layouts).toEqual({ sm: { x: 0, y: 0, w: 6, h: 5, i: "2" }, xs: { x: 0, y: 0, w: 1, h: 5 } });
    expect(second.layouts).toEqual(place(6, 0));
    expect((await client.post(`dashboards/${id}/delete_tile/`, { tile_id: tiles[0] })).status).toBe(404);
  });

  test("reorder_tiles repacks in the given order and answers its own refusals with a bare detail", async () => {
    const client = await posthog();
    const { id, tiles } = await dashboardWith(client, "A", "B", "C");
    await client.patch(`dashboards/${id}/`, { tiles: [{ id: tiles[0], layouts: place(0, 0, 12, 2) }] });
    const reorder = (tile_order: unknown[], layout?: string) =>
      client.post(`dashboards/${id}/reorder_tiles/`, { tile_order, layout });
    const placesOf = (body: { tiles: { id: number; layouts: { sm: unknown } }[] }) =>
      body.tiles.map((tile) => [tiles.indexOf(tile.id), tile.layouts.sm]);
    const [a, b, c] = tiles;
    expect(placesOf((await reorder([b, a, c])).body)).toEqual([
      [1, { x: 0, y: 0, w: 6, h: 5 }],
      [0, { x: 0, y: 5, w: 12, h: 2 }],
      [2, { x: 0, y: 7, w: 6, h: 5 }],
    ]);
    expect(placesOf((await reorder([c, b, a], "two_column")).body)[1]).toEqual([1, { x: 6, y: 0, w: 6, h: 5 }]);
    expect(placesOf((await reorder([c, b, a], "full_width")).body)[2]).toEqual([0, { x: 0, y: 10, w: 12, h: 5 }]);
    expect(await reorder([a, a])).toMatchObject({
      status: 400,
      body: { detail: "tile_order must contain unique tile IDs" },
    });
    expect(await reorder([a, 9])).toMatchObject({
      status: 404,
      body: { detail: "Tile IDs not found on this dashboard: [9]" },
    });
  });

  test("move_tile takes a tile along, and copy_tile shows it twice", async () => {
    const client = await posthog();
    const from = await dashboardWith(client, "A", "B");
    const to = await dashboardWith(client);
    const moved = await client.patch(`dashboards/${from.id}/move_tile/`, {
      to_dashboard: to.id,
      tile: { id: from.tiles[0] },
    });
    expect(moved.body.tiles.map((tile: { id: number }) => tile.id)).toEqual([from.tiles[1]]);
    expect((await client.get(`insights/${from.insights[0].id}/`)).body.dashboards).toEqual([to.id]);

    const copy = () =>
      client.post(`dashboards/${to.id}/copy_tile/`, { fromDashboardId: from.id, tileId: from.tiles[1] });
    expect((await copy()).body.tiles).toHaveLength(2);
    expect((await copy()).body.detail).toBe("This insight is already on the destination dashboard.");
    expect((await client.get(`insights/${from.insights[1].id}/`)).body.dashboards).toEqual([from.id, to.id]);
  });
});
