import { describe, expect, test } from "vitest";
import { tileView } from "../../../src/insights/draw/views/tile-view.ts";
import { samples } from "./samples.ts";

function viewOf(name: string) {
  const { tile, result } = samples[name] ?? {};
  if (tile?.kind !== "insight") throw new Error(`${name} is no insight`);
  return tileView(tile.query, result);
}

test("a series is called what the query calls it, its values what a person reads", () => {
  expect(viewOf("area")).toMatchObject({
    kind: "over time",
    shape: "area",
    lines: [
      { name: "sms", tone: "value" },
      { name: "email", tone: "value" },
      { name: "(none)", tone: "missing" },
      { name: "Other", tone: "other" },
    ],
  });
});

test("several series with a breakdown are told apart by both", () => {
  const item = (order: number, name: string, value: string) => ({
    data: [1],
    days: ["2026-10-01"],
    order,
    action: { name },
    breakdown_value: [value],
  });
  const view = tileView({ kind: "TrendsQuery" }, { results: [item(0, "Sent", "sms"), item(1, "Failed", "sms")] });
  expect(view).toMatchObject({ lines: [{ name: "Sent · sms" }, { name: "Failed · sms" }] });
});

test("the earlier period has the colour of the current one", () => {
  expect(viewOf("compared")).toMatchObject({
    lines: [
      { name: "Sent", colour: 0, isEarlier: false },
      { name: "Sent (before)", colour: 0, isEarlier: true },
    ],
  });
});

test("a table has the values down and the series across", () => {
  expect(viewOf("table")).toEqual({
    kind: "table",
    columns: ["", "Saw the step", "Completed it"],
    rows: [
      { name: "profile", values: [422, 384] },
      { name: "connect_tools", values: [362, null] },
    ],
    unit: { format: "numeric", prefix: "", postfix: "" },
  });
});

describe("what cannot be drawn is said in words", () => {
  test.each([
    ["empty", "No events in this time.", false],
    ["nobody-entered", "Nobody entered in this time.", false],
    ["nobody-converted", "Nobody converted in this time.", false],
    ["not-asked", "Not asked yet.", false],
    ["sql", "There is no picture of a HogQLQuery here. Look at it in PostHog.", false],
    ["malformed", "The answer has a shape that cannot be drawn.", true],
  ])("%s", (name, text, isFailure) => {
    expect(viewOf(name)).toEqual({ kind: "words", text, isFailure });
  });
});

test("a share of 0 throughout is a line, not an empty tile", () => {
  const results = [
    { data: [0, 0], days: ["2026-10-01", "2026-10-02"], action: null, label: "Failure ratio", order: 0 },
  ];
  expect(tileView({ kind: "TrendsQuery" }, { results })).toMatchObject({
    kind: "over time",
    lines: [{ name: "Failure ratio" }],
  });
});
