import { expect, test } from "vitest";
import { belowAllTiles, count, dashboard, text, trend } from "../../../src/insights/define/index.ts";

const place = { column: 0, row: 0, width: 6, height: 5 } as const;
const example = dashboard({
  key: "example",
  title: "Example",
  owner: "platform",
  question: "Does it work?",
  tiles: {
    pages: trend({ title: "Pages", reading: "Reading.", place, series: [count("$pageview")] }),
    about: text({ markdown: "Words", place }),
  },
});

test("a dashboard is plain data: nothing in it but what is sent to PostHog", () => {
  const { tiles } = example;
  const plain = { key: "example", title: "Example", owner: "platform", question: "Does it work?", tiles };
  expect(Object.keys(example)).toEqual(Object.keys(plain));
  expect({ ...example }).toEqual(plain);
  expect(JSON.parse(JSON.stringify(example))).toEqual(plain);
  expect(structuredClone({ ...example })).toEqual(plain);
});

test("a tile is pointed at by its key", () => {
  expect(example.tile("pages")).toEqual({ dashboardKey: "example", tileKey: "pages", tile: example.tiles.pages });
});

test("a text below all tiles stands where they end, and moves down when a tile is added", () => {
  const note = text({ markdown: "Words", place: { column: 0, row: belowAllTiles, width: 12, height: 3 } });
  const pages = trend({ title: "Pages", reading: "Reading.", place, series: [count("$pageview")] });
  const lower = { ...pages, place: { ...place, row: 5 } };
  const { tiles, title, question } = example;
  const rowWith = (others: object) =>
    dashboard({ key: "example", title, owner: "platform", question, tiles: { note, ...others } }).tiles.note.place.row;
  expect([rowWith({}), rowWith({ pages }), rowWith({ pages, lower }), rowWith(tiles)]).toEqual([0, 5, 10, 5]);
});

test("builders throw nothing: bad content is left to the check", () => {
  const bad = { ...place, column: 12.5 } as unknown as typeof place;
  expect(text({ markdown: "", place: bad })).toEqual({ kind: "text", markdown: "", place: bad });
});
