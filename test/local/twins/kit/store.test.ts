import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openStore } from "../../../../src/local/twins/kit/index.ts";

const folder = mkdtempSync(join(tmpdir(), "twin-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Tile {
  id: number;
  dashboard: number;
  name: string;
}

test("documents are found by id and by an indexed field, oldest first", () => {
  const tiles = openStore().collection<Tile>("tile", { indexed: ["dashboard", "name"] });
  tiles.put({ id: 9, dashboard: 1, name: "b" });
  tiles.put({ id: 3, dashboard: 1, name: "a" });
  tiles.put({ id: 4, dashboard: 2, name: "a" });
  tiles.put({ id: 9, dashboard: 1, name: "renamed" });
  expect(tiles.where("dashboard", 1).map((tile) => tile.id)).toEqual([9, 3]);
  expect(tiles.where("name", "a").map((tile) => tile.id)).toEqual([3, 4]);
  expect(tiles.get(9)?.name).toBe("renamed");
  expect(tiles.get(5)).toBeNull();
  expect([tiles.delete(3), tiles.delete(3), tiles.count()]).toEqual([true, false, 2]);
});

test("a field without an index is refused", () => {
  const tiles = openStore().collection<Tile>("tile");
  expect(() => tiles.where("name", "a")).toThrow('"tile" has no index on "name"');
});

test("numbers and texts are different ids", () => {
  const keys = openStore().collection<{ id: string | number }>("key");
  keys.put({ id: 7 });
  expect(keys.get("7")).toBeNull();
});

test("a failed transaction leaves nothing behind, nested ones included", () => {
  const store = openStore();
  const tiles = store.collection<Tile>("tile");
  expect(() =>
    store.transaction(() => {
      store.transaction(() => tiles.put({ id: 1, dashboard: 1, name: "a" }));
      throw new Error("half-way");
    }),
  ).toThrow("half-way");
  expect(tiles.all()).toEqual([]);
});

test("a store opened again from its file goes on where it was, ids included", () => {
  const file = join(folder, "twin.db");
  const before = openStore(file);
  const first = before.collection<Tile>("tile", { firstId: 1001 });
  first.put({ id: first.nextId(), dashboard: 1, name: "a" });
  first.delete(1001);
  first.put({ id: first.nextId(), dashboard: 1, name: "b" });
  before.close();

  const after = openStore(file);
  const second = after.collection<Tile>("tile", { firstId: 1001 });
  expect(second.all().map((tile) => tile.id)).toEqual([1002]);
  expect(second.nextId()).toBe(1003);
  after.close();
});
