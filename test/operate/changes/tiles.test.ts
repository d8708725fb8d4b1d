import { expect, test } from "vitest";
import { notWritten } from "../../../src/insights/define/index.ts";
import { type TileChange, type Tiles, tileChanges, titleOf } from "../../../src/operate/changes/tiles.ts";
import type { Stated } from "../support/plans.ts";
import { dashboard, withTile } from "../support/stated.ts";

const funnelBoard = dashboard("activation-funnel");
const tilesOf = (stated: Stated): Tiles => stated.inputs.tiles as Tiles;
const { title } = tilesOf(funnelBoard).conversion as { title: string };
const said = ({ title, change, words }: TileChange): string => `${title} ${change}: ${words.join("; ")}`;
const changes = (after: Stated, before = funnelBoard): string[] =>
  tileChanges(tilesOf(before), tilesOf(after)).map(said);

test("a tile that is gone and one that is new are told by their titles", () => {
  const removed = withTile(funnelBoard, "conversion", () => undefined);
  expect(changes(removed)).toEqual([`${title} removed: `]);
  expect(changes(funnelBoard, removed)).toEqual([`${title} new: `]);
});

test("a tile that only stands elsewhere is moved, not changed", () => {
  const moved = withTile(funnelBoard, "conversion", (tile) => ({
    ...tile,
    place: { column: 6, row: 3, width: 6, height: 5 },
  }));
  expect(changes(moved)).toEqual([`${title} moved: moves to column 6, row 3, from column 0, row 0`]);
});

test("a key that alone was changed is no new tile", () => {
  const { conversion, ...tiles } = tilesOf(funnelBoard);
  const renamed = { ...funnelBoard, inputs: { ...funnelBoard.inputs, tiles: { ...tiles, opened: conversion } } };
  expect(changes(renamed)).toEqual([`${title} changed: is called opened in the code, was conversion`]);
});

test("title, reading and query are told together under the title that people know", () => {
  const changed = withTile(
    funnelBoard,
    "conversion",
    (tile) => ({ ...tile, title: "Finished", reading: "Lower is worse." }) as typeof tile,
  );
  expect(changes(changed)).toEqual([`${title} changed: is titled Finished; reading: “Lower is worse.”`]);
});

test("what only a person can have set in PostHog is told, too", () => {
  const edited = withTile(
    funnelBoard,
    "conversion",
    (tile) => ({ ...tile, color: "blue", readingHidden: true, filtersOverrides: { date_from: "-7d" } }) as never,
  );
  expect(changes(edited)).toEqual([
    `${title} changed: its reading is hidden; colour none → blue; filters of its own: {"date_from":"-7d"}`,
  ]);
});

test("a tile whose title nobody has written is called by its key", () => {
  expect([titleOf("chart-2", { title: notWritten }), titleOf("chart-2", { title: "" })]).toEqual([
    "chart-2",
    "chart-2",
  ]);
});

test("a text is called by its first line", () => {
  const shorter = withTile(funnelBoard, "about", (tile) => ({ ...tile, markdown: "**Another** text" }) as typeof tile);
  expect(changes(shorter)).toEqual([expect.stringMatching(/^Managed by code\. .*changed: its text changes$/)]);
});
