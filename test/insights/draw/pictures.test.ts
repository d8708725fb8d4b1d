import { describe, expect, test } from "vitest";
import { drawDashboard, drawTile } from "../../../src/insights/draw/index.ts";
import { samples } from "./samples.ts";

/*
 * The pictures are files of their own, so that a person can look at them: __snapshots__/*.svg.
 */

const size = { width: 400, height: 290 };

describe("each sort of tile", () => {
  test.each(Object.entries(samples))("%s", async (name, { tile, result }) => {
    await expect(drawTile(tile, result, { ...size, theme: "light" })).toMatchFileSnapshot(`__snapshots__/${name}.svg`);
  });
});

test("the steps of a funnel that has too many to stand side by side lie below each other, each with its numbers", () => {
  const { tile, result } = samples["funnel-of-many-steps"] ?? {};
  if (!tile) throw new Error("the sample is missing");
  const lines = (width: number) => {
    const texts = [...drawTile(tile, result, { ...size, width, theme: "light" }).matchAll(/<text[^>]*>([^<]*)</g)];
    return texts.flatMap(([, text = ""]) => (/people|person/.test(text) ? [text] : []));
  };
  expect(lines(400)).toEqual([
    "100 % · 240 people",
    "87.5 % · 210 people · median 1 h",
    "75 % · 180 people · median 2 h",
    "62.5 % · 150 people · median 3 h",
    "50 % · 120 people · median 4 h",
    "37.5 % · 90 people · median 5 h",
    "25 % · 60 people",
    "0.42 % · 1 person · median 20 s",
  ]);
  expect(lines(830)[1]).not.toContain("%");
});

describe("a dashboard", () => {
  const names = ["line", "funnel", "histogram", "failed", "empty", "text"] as const;
  const placed = names.flatMap((name, index) => {
    const sample = samples[name];
    if (sample === undefined) return [];
    const place = { column: 6 * (index % 2), row: 5 * Math.floor(index / 2), width: 6, height: 5 };
    return [[name, { ...sample, place }] as const];
  });
  const dashboard = {
    title: "Launch & <growth>",
    question: "Do new operators finish onboarding, how long does it take them, and where do they stop?",
    tiles: Object.fromEntries(placed.map(([name, { tile, place }]) => [name, { ...tile, place }])),
  };
  const results = Object.fromEntries(
    placed.flatMap(([name, { result }]) => (result === undefined ? [] : [[name, result]])),
  );

  test.each(["light", "dark"] as const)("in the %s theme", async (theme) => {
    const picture = drawDashboard(dashboard, results, { theme });
    await expect(picture).toMatchFileSnapshot(`__snapshots__/dashboard.${theme}.svg`);
  });

  test("is the same picture every time, whatever was drawn before", () => {
    const first = drawDashboard(dashboard, results, { theme: "light" });
    for (const { tile, result } of Object.values(samples)) drawTile(tile, result, { ...size, theme: "dark" });
    expect(drawDashboard(dashboard, results, { theme: "light" })).toBe(first);
  });

  test("is as wide as asked for, and high enough for its tiles", () => {
    expect(drawDashboard(dashboard, results, { theme: "light" })).toMatch(/^<svg [^>]*width="830" height="9\d\d"/);
    expect(drawDashboard(dashboard, results, { theme: "light", width: 1200 })).toMatch(/^<svg [^>]*width="1200"/);
    expect(drawDashboard({ ...dashboard, tiles: {} }, {}, { theme: "light" })).toMatch(
      /^<svg [^>]*width="830" height="\d\d"/,
    );
  });
});

describe("a picture that is shown as an image", () => {
  const pictures = Object.entries(samples).map(([name, { tile, result }]) => [
    name,
    drawTile(tile, result, { ...size, theme: "light" }),
  ]);

  test.each(pictures)("%s needs nothing but itself", (_, picture) => {
    expect(picture).not.toMatch(/<(?:style|script|image|use|foreignObject|link|a)[\s>]|\bhref=|@import|url\((?!#)/);
    expect(picture?.match(/https?:[^"' ]+/g)).toEqual(["http://www.w3.org/2000/svg"]);
    // Every referenced clip path is defined in the same picture.
    const ids = [...(picture ?? "").matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    for (const [, id] of (picture ?? "").matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(pictures)("%s is XML with a title and a description", (_, picture) => {
    expect(picture).toMatch(/^<svg [^>]*role="img"><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    const open = picture?.match(/<[a-z][^>]*(?<!\/)>/gi)?.length;
    expect(open).toBe(picture?.match(/<\/[a-z]+>/gi)?.length);
  });
});

test("texts of others are escaped, wherever they stand", () => {
  const nasty = `</text><script>alert("x")</script>&'\u0000`;
  const result = {
    results: [1, 2].map((order) => ({ data: [1], days: ["2026-10-01"], label: nasty, order, action: { name: nasty } })),
  };
  for (const display of ["ActionsLineGraph", "ActionsBarValue", "ActionsTable", "ActionsPie", "BoldNumber"]) {
    const query = {
      kind: "TrendsQuery",
      trendsFilter: { display, goalLines: [{ label: nasty, value: 1 }], aggregationAxisPostfix: nasty },
    };
    const picture = drawTile({ kind: "insight", title: nasty, reading: nasty, query }, result, {
      ...size,
      theme: "light",
    });
    expect(picture).not.toContain("<script");
    expect(picture).not.toContain("\u0000");
  }
  expect(drawTile({ kind: "text", markdown: nasty }, undefined, { ...size, theme: "light" })).not.toContain("<script");
});
