import { describe, expect, test } from "vitest";
import { flowchart, withRooms } from "../../src/generate/picture.ts";
import { roomOf, roomsOf } from "../../src/generate/rooms.ts";

const rooms = (imports: Record<string, readonly string[]>) =>
  new Map(Object.entries(imports).map(([room, others]) => [room, new Set(others)]));
const arrows = (imports: Record<string, readonly string[]>): string[] =>
  flowchart(rooms(imports))
    .split("\n")
    .filter((line) => line.includes("-->"))
    .map((line) => line.trim());

describe("a file stands in a room", () => {
  test.for([
    ["index.ts", "index.ts"],
    ["dashboards/activation-funnel.ts", "dashboards"],
    ["src/platform/settings/schema.ts", "src/platform"],
    ["src/insights/draw/charts/axes.ts", "src/insights/draw"],
    ["src/local/start.ts", "src/local"],
    ["src/local/console/pages/layout.ts", "src/local"],
    ["src/local/twins/posthog/index.ts", "src/local/twins"],
  ])("%s in %s", ([file = "", room]) => {
    expect(roomOf(file)).toBe(room);
  });

  test("and what is no file of ours in none", () => {
    expect(["node_modules/zod/index.js", "fs", "src/stray.ts", "tools/setup.mjs"].map(roomOf)).toEqual(
      Array(4).fill(undefined),
    );
  });
});

test("rooms import from each other as their files do, and nothing from themselves or from packages", () => {
  const to = (...resolved: string[]) => resolved.map((one) => ({ resolved: one }));
  const found = roomsOf([
    { source: "src/platform/index.ts", dependencies: to("src/platform/pages.ts", "src/catalog/events.ts", "fs") },
    { source: "src/platform/pages.ts", dependencies: to("src/model/json.ts", "node_modules/zod/index.js") },
    { source: "node_modules/zod/index.js", dependencies: to("src/catalog/events.ts") },
  ]);
  expect(found).toEqual(rooms({ "src/platform": ["src/catalog", "src/model"] }));
});

describe("an arrow", () => {
  test("is left out where a longer way leads to the same room", () => {
    expect(arrows({ a: ["b", "c"], b: ["c"], c: [] })).toEqual(["a --> b", "b --> c"]);
  });

  test("stays between rooms that import each other, and from each of them to a third", () => {
    expect(arrows({ a: ["b", "c"], b: ["a", "c"], c: [] })).toEqual(["a --> b", "a --> c", "b --> a", "b --> c"]);
  });

  test("comes out the same whatever the order of the files", () => {
    const drawn = flowchart(rooms({ b: ["d", "c"], a: ["b"], c: [], d: [] }));
    expect(drawn).toBe(flowchart(rooms({ d: [], c: [], a: ["b"], b: ["c", "d"] })));
    expect(drawn.split("\n").slice(0, 2)).toEqual(["flowchart TD", '  a["a"]']);
  });
});

describe("on the page the picture", () => {
  const page = "# Rooms\n\n<!-- rooms: written by `npm run generate` -->\nold\n<!-- end of rooms -->\n\nMore.\n";

  test("takes the place of the old one, and the words around it stay", () => {
    const once = withRooms(page, rooms({ a: ["b"], b: [] }));
    expect(once).toContain("```mermaid\nflowchart TD\n");
    expect(once).not.toContain("old");
    expect(once).toMatch(/^# Rooms\n\n<!-- rooms/);
    expect(once).toMatch(/<!-- end of rooms -->\n\nMore\.\n$/);
    expect(withRooms(once, rooms({ a: ["b"], b: [] }))).toBe(once);
  });

  test("needs its place", () => {
    expect(() => withRooms("# Rooms\n", rooms({}))).toThrow("docs/architecture.md has no place for the picture");
  });
});
