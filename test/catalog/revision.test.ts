import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type EventDefinition, event } from "../../src/catalog/event.ts";
import { catalogDigest, readRevisions, revisionsText, withRevision } from "../../src/catalog/revision.ts";

const length = { type: z.int().min(0), unit: "characters", meaning: "How long", privacy: "plain" } as const;
const mode = { type: z.enum(["a", "b"]).optional(), meaning: "Mode", privacy: "plain" } as const;
const about = { source: "browser", purpose: "Asked", owner: "ai" } as const satisfies Partial<EventDefinition>;
const one = {
  "ask.sent": event({ ...about, properties: { length, mode } }),
  "ask.read": event({ ...about, properties: {} }),
};
const changed = (more: Partial<EventDefinition>) =>
  catalogDigest({ ...one, "ask.sent": event({ ...about, properties: { length, mode }, ...more }) });

test("is the same in another order and in other words", () => {
  const { "ask.sent": sent, "ask.read": read } = one;
  expect(catalogDigest({ "ask.read": read, "ask.sent": sent })).toBe(catalogDigest(one));
  expect(changed({ properties: { mode, length } })).toBe(catalogDigest(one));
  expect(changed({ purpose: "Somebody asked", owner: "growth" })).toBe(catalogDigest(one));
  expect(changed({ properties: { length: { ...length, meaning: "How many" }, mode } })).toBe(catalogDigest(one));
});

describe("is another one", () => {
  test.each<[string, string]>([
    ["without an event", catalogDigest({ "ask.sent": one["ask.sent"] })],
    ["of an event with another name", catalogDigest({ "ask.sent": one["ask.sent"], "ask.reads": one["ask.read"] })],
    ["sent by another app", changed({ source: "server" })],
    ["without a property", changed({ properties: { length } })],
    ["with a property more", changed({ properties: { length, mode, more: mode } })],
    ["with another type", changed({ properties: { length, mode: { ...mode, type: z.enum(["a", "c"]).optional() } } })],
    ["with another bound", changed({ properties: { length: { ...length, type: z.int().min(1) }, mode } })],
    ["where it is always there", changed({ properties: { length, mode: { ...mode, type: z.enum(["a", "b"]) } } })],
    ["in another unit", changed({ properties: { length: { ...length, unit: "milliseconds" }, mode } })],
    ["with other privacy", changed({ properties: { length, mode: { ...mode, privacy: "hashed" } } })],
  ])("%s", (_, digest) => {
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(digest).not.toBe(catalogDigest(one));
  });
});

test("a catalog that was there before and comes back is a new revision, the one that is there is none", () => {
  const [a, b] = ["0123456789abcdef", "fedcba9876543210"];
  expect(withRevision([a, b], b)).toEqual([a, b]);
  expect(withRevision([a, b], a)).toEqual([a, b, a]);
  expect(readRevisions(revisionsText([a, b]))).toEqual([a, b]);
  expect(readRevisions(revisionsText([a, b]).replaceAll("\n", "\r\n"))).toEqual([a, b]);
});

test("what a merge has left in the file is told with the way out", () => {
  const text = `${revisionsText(["0123456789abcdef"])}<<<<<<< HEAD\n`;
  expect(() => readRevisions(text)).toThrow(
    'a line that is no digest: "<<<<<<< HEAD". After a merge take the file of main',
  );
});
